//! How clients name a company, which Heap's server API calls an account.

use crate::site_name::site_name;

site_name! {
    /// The name by which a site knows a company. It may be a person's.
    CompanyId
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invalid::Problem;

    #[test]
    fn a_company_id_keeps_its_bytes_and_is_never_printed() {
        let id = CompanyId::parse(" Acme ").ok();
        assert_eq!(id.as_ref().map(CompanyId::as_str), Some(" Acme "));
        assert_eq!(format!("{id:?}"), "Some(CompanyId(..))");
        assert_eq!(CompanyId::parse("\t"), Err(Problem::Empty));
        assert_eq!(CompanyId::parse("a\0b"), Err(Problem::ControlCharacters));
        assert_eq!(CompanyId::parse(&"x".repeat(256)), Err(Problem::TooLong { max: 255 }));
    }
}
