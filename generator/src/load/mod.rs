//! Files to trees. In: paths. Out: the files read and the root's tree of values.
