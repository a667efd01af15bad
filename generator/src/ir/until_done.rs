//! Work that an operation starts, and how to wait until it is done.

use super::{MemberPath, OperationId};

/// How a reply tells the state of work. In a path, a number leads to an item of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Polling {
    /// Where it has the state.
    pub state: MemberPath,
    /// The states in which work is done.
    pub done: Vec<String>,
    /// The states in which work has failed.
    pub failed: Vec<String>,
    /// Where it says what failed.
    pub message: Option<MemberPath>,
    /// The first wait between two questions for the state, in milliseconds.
    pub interval: u64,
    /// The longest wait between two questions for the state, in milliseconds.
    pub longest_interval: u64,
}

/// How to wait for work that an operation starts.
#[derive(Clone, Debug, PartialEq)]
pub struct UntilDone {
    /// The operation that tells the state; it has [`Polling`].
    pub poll: OperationId,
    /// What leads from the reply that starts the work to its state.
    pub lead: Lead,
    /// What is called at the end; `None` if the last reply for the state is the result.
    pub result: Option<WorkResult>,
}

/// What leads from the reply that starts work to its state.
#[derive(Clone, Debug, PartialEq)]
pub enum Lead {
    /// The path parameters of the call for the state, from the reply.
    Parameters(Vec<Filled>),
    /// The URL in a response header of this name in lower case.
    Header(String),
}

/// A path parameter of a call that follows another.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// Its name on the wire.
    pub parameter: String,
    /// Where its value comes from.
    pub source: Source,
}

/// Where the value of a path parameter comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// A value in a reply.
    Member(MemberPath),
    /// A path parameter of the call that starts the work.
    Own(String),
}

/// The call whose value is the result of work.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkResult {
    /// Its operation.
    pub operation: OperationId,
    /// Its path parameters, from the last reply for the state.
    pub parameters: Vec<Filled>,
}
