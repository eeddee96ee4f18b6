use domain::help::{HelpPage, Helpful};
use store::{
    access::Operator,
    console::help::{Answers, HelpAnswers, RECENT_DAYS},
};

use crate::support::{Founded, House};

const DAY: i64 = 86_400_000;

async fn answer(house: &House, helpful: Helpful) {
    house.store.console.answer_help(HelpPage::DeleteData, helpful).await.unwrap();
}

async fn operator(house: &House) -> Operator {
    let ada: Founded = house.found("ada@example.com").await;
    house.store.console.operator(&ada.actor).await.unwrap()
}

async fn answers(house: &House, operator: &Operator) -> HelpAnswers {
    let all = house.store.console.help_answers(operator).await.unwrap();
    assert_eq!(all.len(), HelpPage::ALL.len());
    all[0]
}

both_engines! {
    async fn a_help_page_of_which_nothing_was_said_is_told_with_zeros(house) {
        let operator = operator(&house).await;
        let nothing = Answers::default();
        assert_eq!(answers(&house, &operator).await, HelpAnswers { page: HelpPage::DeleteData, recent: nothing, all: nothing });
    }

    async fn help_answers_are_counted_by_page_and_answer(house) {
        let operator = operator(&house).await;
        for helpful in [Helpful::Yes, Helpful::No, Helpful::Yes, Helpful::Yes] {
            answer(&house, helpful).await;
        }
        let told = answers(&house, &operator).await;
        assert_eq!((told.recent, told.all), (Answers { yes: 3, no: 1 }, Answers { yes: 3, no: 1 }));
    }

    async fn a_help_answer_is_recent_for_thirty_days_and_counts_in_all_for_good(house) {
        let operator = operator(&house).await;
        answer(&house, Helpful::Yes).await;
        house.clock.advance(DAY * i64::from(RECENT_DAYS - 1));
        answer(&house, Helpful::No).await;
        assert_eq!(answers(&house, &operator).await.recent, Answers { yes: 1, no: 1 });
        house.clock.advance(DAY);
        let told = answers(&house, &operator).await;
        assert_eq!((told.recent, told.all), (Answers { yes: 0, no: 1 }, Answers { yes: 1, no: 1 }));
    }

    async fn of_a_help_answer_nothing_is_kept_but_page_day_and_count(house) {
        for _ in 0..2 {
            answer(&house, Helpful::Yes).await;
        }
        let kept = house.texts("SELECT page || ' ' || CAST(day AS TEXT) || ' ' || CAST(count AS TEXT) FROM help_answers").await;
        assert_eq!(kept, ["delete-data 20454 2"]);
    }
}
