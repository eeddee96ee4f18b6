//! Proofs of access. A console handle needs a [`Granted`] of the right capability, and only [`crate::Console::grant`] makes one,
//! from an [`Actor`] that only a live sign-in or API token yields.

use std::marker::PhantomData;

use domain::{
    access::{self, Access},
    audit::ActorKind,
    email::EmailAddress,
    id::{AccountId, ApiKeyId, PersonId, SignInId},
};

mod sealed {
    pub trait Sealed {}
}

/// A capability as a type.
pub trait Capability: sealed::Sealed + Send + Sync + 'static {
    /// Its row in the matrix of access.
    const CAPABILITY: access::Capability;
}

macro_rules! capabilities {
    ($($name:ident)*) => {$(
        #[doc = concat!("The right `", stringify!($name), "` of [`domain::access::Capability`].")]
        #[derive(Debug, Clone, Copy)]
        pub enum $name {}
        impl sealed::Sealed for $name {}
        impl Capability for $name {
            const CAPABILITY: access::Capability = access::Capability::$name;
        }
    )*

        #[cfg(test)]
        const TYPES: &[access::Capability] = &[$(access::Capability::$name),*];
    };
}

capabilities! {
    View RunQueries EditDefinitions EditReports ManageTeammates ManageProjects ManageExcludedIps ManagePrivacy DeleteUsers ManageAccount
}

/// Somebody who is known: a person with a live sign-in, or a script with a live API token.
#[derive(Debug, Clone)]
pub struct Actor {
    pub(crate) who: Who,
}

#[derive(Debug, Clone)]
pub(crate) enum Who {
    Person { id: PersonId, sign_in: SignInId, email: EmailAddress, name: String },
    Script { account: AccountId, key: ApiKeyId },
}

impl Actor {
    /// The person, unless it is a script.
    pub fn person(&self) -> Option<PersonId> {
        match self.who {
            Who::Person { id, .. } => Some(id),
            Who::Script { .. } => None,
        }
    }

    pub(crate) fn kind(&self) -> ActorKind {
        match self.who {
            Who::Person { .. } => ActorKind::Person,
            Who::Script { .. } => ActorKind::ApiKey,
        }
    }

    pub(crate) fn id(&self) -> uuid::Uuid {
        match self.who {
            Who::Person { id, .. } => id.0,
            Who::Script { key, .. } => key.0,
        }
    }

    /// How lists name the actor, also when it is gone.
    pub(crate) fn label(&self) -> &str {
        match &self.who {
            Who::Person { name, .. } => name,
            Who::Script { .. } => "API key",
        }
    }
}

/// Proof that an actor may use capability `C` in an account.
#[derive(Debug, Clone)]
pub struct Granted<C> {
    pub(crate) account: AccountId,
    pub(crate) actor: Actor,
    pub(crate) access: Access,
    marker: PhantomData<C>,
}

impl<C: Capability> Granted<C> {
    /// Judges by the matrix.
    pub(crate) fn judge(account: AccountId, actor: &Actor, access: Access) -> Option<Self> {
        access::allows(access, C::CAPABILITY).then(|| Self { account, actor: actor.clone(), access, marker: PhantomData })
    }

    /// For scripts, whose key is the proof.
    pub(crate) fn of_script(account: AccountId, actor: &Actor) -> Option<Self> {
        let may = matches!(C::CAPABILITY, access::Capability::DeleteUsers | access::Capability::View);
        may.then(|| Self { account, actor: actor.clone(), access: Access::ReadOnly, marker: PhantomData })
    }

    /// The account that the proof is for.
    pub fn account(&self) -> AccountId {
        self.account
    }

    /// What the actor may do in it.
    pub fn access(&self) -> Access {
        self.access
    }
}

/// Proof that a person runs the installation, which is a right in no account. Only [`crate::Console::operator`] makes one.
#[derive(Debug, Clone)]
pub struct Operator {
    pub(crate) person: PersonId,
    pub(crate) name: String,
}

impl Operator {
    pub(crate) fn of(person: PersonId, actor: &Actor) -> Self {
        Self { person, name: actor.label().to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_capability_of_the_matrix_is_a_type() {
        assert_eq!(TYPES, access::Capability::ALL);
    }
}
