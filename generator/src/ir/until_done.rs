//! Work that an operation starts, and how to wait until it is done.

use super::{MemberPath, OperationId};

/// How the state of work is told, and how often it is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Polling {
    /// How a reply tells it.
    pub told: Told,
    /// The first wait between two questions for the state, in milliseconds.
    pub interval: u64,
    /// The longest wait between two questions for the state, in milliseconds.
    pub longest_interval: u64,
}

/// How a reply tells the state of work.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// By a value in it. In a path, a number leads to an item of a list.
    State {
        /// Where it has the state.
        at: MemberPath,
        /// The states in which work is done.
        done: Vec<String>,
        /// The states in which work has failed.
        failed: Vec<String>,
        /// Where it says what failed.
        message: Option<MemberPath>,
    },
    /// By its status: with these the work goes on, with any other answer it is done.
    Status(Vec<u16>),
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

/// What leads from the reply of one call to another call.
#[derive(Clone, Debug, PartialEq)]
pub enum Lead {
    /// The path parameters of the other call, from the reply.
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
    /// What leads to it from the last reply for the state.
    pub lead: Lead,
}
