//! Roles and states of people.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What somebody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Works on tasks.
    Annotator,
    /// Looks at the work of others.
    Reviewer,
    /// Runs the campaign.
    Operator,
}

impl Role {
    /// The name in JSON and the database.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Role::Annotator => "annotator",
            Role::Reviewer => "reviewer",
            Role::Operator => "operator",
        }
    }

    /// The role of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Role> {
        [Role::Annotator, Role::Reviewer, Role::Operator].into_iter().find(|role| role.name() == name)
    }
}

/// All roles of a person, each once, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles(Vec<Role>);

impl Roles {
    /// Some roles.
    #[must_use]
    pub fn new(mut roles: Vec<Role>) -> Roles {
        roles.sort_unstable();
        roles.dedup();
        Roles(roles)
    }

    /// As the database has them: `annotator,reviewer`; what it does not know is passed over.
    #[must_use]
    pub fn of_text(text: &str) -> Roles {
        Roles::new(text.split(',').filter_map(Role::named).collect())
    }

    /// As the database has them.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.iter().map(|role| role.name()).collect::<Vec<_>>().join(",")
    }

    /// Whether one is among them.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// All of them.
    #[must_use]
    pub fn list(&self) -> &[Role] {
        &self.0
    }
}

/// Whether somebody may work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// As usual.
    Active,
    /// Gets no new work until an operator has looked.
    Held,
    /// Cannot sign in.
    Blocked,
    /// Is gone; only the pseudonym and what was paid are left.
    Erased,
}

impl Status {
    /// The name in JSON and the database.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Status::Active => "active",
            Status::Held => "held",
            Status::Blocked => "blocked",
            Status::Erased => "erased",
        }
    }

    /// The state of this name; an unknown one may not sign in.
    #[must_use]
    pub fn named(name: &str) -> Status {
        let all = [Status::Active, Status::Held, Status::Blocked, Status::Erased];
        all.into_iter().find(|status| status.name() == name).unwrap_or(Status::Blocked)
    }
}
