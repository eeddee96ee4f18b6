//! The tables whose rows go with their environment.

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
