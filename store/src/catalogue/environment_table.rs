//! The tables whose rows go with their environment, and those that go with everything in it.

use crate::engine::Sql;

macro_rules! purge {
    ($table:literal, $primary:literal) => {
        Sql {
            name: concat!("PURGE ", $table),
            text: concat!(
                "DELETE FROM ",
                $table,
                " WHERE (",
                $primary,
                ") IN (SELECT ",
                $primary,
                " FROM ",
                $table,
                " WHERE environment_id = $1 LIMIT $2)"
            ),
        }
    };
}

macro_rules! up_to {
    ($table:literal) => {
        Sql {
            name: concat!("UP TO ", $table),
            text: concat!(
                "SELECT COUNT(*), MIN(received_at), MAX(received_at) FROM ",
                $table,
                " WHERE environment_id = $1 AND received_at <= $2"
            ),
        }
    };
}
pub(super) use up_to;

/// What was collected in an environment and belongs to no user: counted up to the cut `$2`, and at most `$3` rows of it erased.
pub(crate) struct CompanyTable {
    pub(crate) everybody: Sql,
    pub(crate) erase: Sql,
}

macro_rules! companies {
    ($table:literal, $primary:literal) => {
        CompanyTable {
            everybody: up_to!($table),
            erase: Sql {
                name: concat!("ERASE ", $table),
                text: concat!(
                    "DELETE FROM ",
                    $table,
                    " WHERE received_at <= $2 AND (",
                    $primary,
                    ") IN (SELECT ",
                    $primary,
                    " FROM ",
                    $table,
                    " WHERE environment_id = $1 AND received_at <= $2 LIMIT $3)"
                ),
            },
        }
    };
}

/// In the order in which they are erased.
pub(crate) const COMPANIES: &[CompanyTable] = &[
    companies!("company_properties", "environment_id, company_key, property_key"),
    companies!("companies", "environment_id, company_key"),
];

/// Up to `$2` rows of environment `$1`. Orders of erasing are left to their requests.
pub(crate) const PURGES: &[Sql] = &[
    purge!("events", "environment_id, user_key, event_id"),
    purge!("user_properties", "environment_id, user_key, property_key"),
    purge!("aliases", "environment_id, user_key"),
    purge!("users", "environment_id, user_key"),
    purge!("company_properties", "environment_id, company_key, property_key"),
    purge!("companies", "environment_id, company_key"),
    purge!("reports", "environment_id, key"),
    purge!("segments", "environment_id, key"),
    purge!("property_definitions", "environment_id, key"),
    purge!("event_definitions", "environment_id, key"),
    purge!("excluded_ips", "account_id, environment_id, position"),
    purge!("excluded_ip_lists", "account_id, environment_id"),
    purge!("privacy_settings", "environment_id"),
];
