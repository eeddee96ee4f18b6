//! Where the marks of the axes stand.

/// Round numbers from zero to at least `most`, three to six of them; counts have no fractions.
pub(super) fn ticks(most: u64) -> Vec<u64> {
    let step = step(most.max(1).div_ceil(4));
    let last = most.max(1).div_ceil(step);
    (0..=last.max(2)).map(|place| place.saturating_mul(step)).collect()
}

/// The least of 1, 2, 5, 10, 20, 50 ... that is not below `least`.
fn step(least: u64) -> u64 {
    let mut power = 1_u64;
    loop {
        for digit in [1, 2, 5] {
            let candidate = power.saturating_mul(digit);
            if candidate >= least {
                return candidate;
            }
        }
        power = power.saturating_mul(10);
    }
}

/// Which of `count` days are named: at most five, evenly apart, the last always.
pub(super) fn labelled(count: u64) -> Vec<u64> {
    let Some(last) = count.checked_sub(1) else { return Vec::new() };
    let apart = last.div_ceil(4).max(1);
    let mut places: Vec<u64> = (0..=last / apart).map(|back| last - back * apart).collect();
    places.reverse();
    places
}

/// A tick as short as it can be told exactly.
pub(super) fn short(tick: u64) -> String {
    const UNITS: [(u64, &str); 4] = [(1_000_000_000_000, "T"), (1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")];
    if tick < 10_000 {
        return crate::words::number(tick);
    }
    let Some((size, sign)) = UNITS.into_iter().find(|(size, _)| tick >= *size) else { return tick.to_string() };
    let tenths = tick % size / (size / 10);
    let whole = (tick / size).to_string();
    if tenths == 0 { [&whole, sign].concat() } else { [&whole, ".", &tenths.to_string(), sign].concat() }
}

/// `part` of `whole` in ten thousandths.
pub(super) fn share(part: u64, whole: u64) -> u64 {
    let share = u128::from(part) * 10_000 / u128::from(whole.max(1));
    u64::try_from(share).unwrap_or(u64::MAX)
}

/// The same as an attribute of SVG.
pub(super) fn percent(part: u64, whole: u64) -> String {
    let share = share(part, whole);
    let (whole, fraction) = ((share / 100).to_string(), share % 100);
    [whole.as_str(), if fraction < 10 { ".0" } else { "." }, &fraction.to_string(), "%"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_begins_at_zero_and_reaches_the_highest_count_in_round_steps() {
        assert_eq!(ticks(0), [0, 1, 2]);
        assert_eq!(ticks(1), [0, 1, 2]);
        assert_eq!(ticks(4), [0, 1, 2, 3, 4]);
        assert_eq!(ticks(7), [0, 2, 4, 6, 8]);
        assert_eq!(ticks(97), [0, 50, 100]);
        assert_eq!(ticks(1_234), [0, 500, 1_000, 1_500]);
        for most in (0..5_000).chain([999_999, 1_000_001, u64::from(u32::MAX)]) {
            let ticks = ticks(most);
            assert!((3..=6).contains(&ticks.len()), "{most}: {ticks:?}");
            assert!(ticks.last().is_some_and(|last| *last >= most), "{most}: {ticks:?}");
        }
    }

    #[test]
    fn the_last_day_is_always_named_and_never_more_than_five_are() {
        assert_eq!(labelled(0), [0_u64; 0]);
        assert_eq!(labelled(1), [0]);
        assert_eq!(labelled(7), [0, 2, 4, 6]);
        assert_eq!(labelled(30), [5, 13, 21, 29]);
        assert_eq!(labelled(90), [20, 43, 66, 89]);
        for count in 1..400 {
            let places = labelled(count);
            assert!(places.len() <= 5 && places.last() == Some(&(count - 1)), "{count}: {places:?}");
        }
    }

    #[test]
    fn long_ticks_are_told_in_thousands_and_millions() {
        assert_eq!([0, 9_500, 10_000, 250_000, 1_200_000, 5_000_000_000].map(short), ["0", "9,500", "10k", "250k", "1.2M", "5G"]);
    }

    #[test]
    fn a_place_is_told_in_percent() {
        assert_eq!([percent(0, 6), percent(1, 3), percent(1, 1_000), percent(6, 6)], ["0.00%", "33.33%", "0.10%", "100.00%"]);
        assert_eq!(percent(1, 9_999), "0.01%");
        assert_eq!(percent(u64::MAX, u64::MAX), "100.00%");
    }
}
