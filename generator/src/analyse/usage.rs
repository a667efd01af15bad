//! Whether values of a type are sent, received or both.

use crate::ir::{Api, Field, Operation, Outcome, Rest, Shape, Type, TypeId};

/// The directions in which values of a type travel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Direction {
    /// In requests.
    pub sent: bool,
    /// In responses.
    pub received: bool,
}

/// The direction of every type.
pub(super) fn directions(api: &Api) -> Vec<Direction> {
    let mut directions = vec![Direction::default(); api.types.len()];
    for operation in &api.operations {
        let (sent, received) = roots(operation);
        mark(api, sent, &mut directions, |direction| &mut direction.sent);
        mark(api, received, &mut directions, |direction| &mut direction.received);
    }
    let mut received = Vec::new();
    api.received.iter().for_each(|ty| ty.for_each_named(&mut |id| received.push(id)));
    mark(api, received, &mut directions, |direction| &mut direction.received);
    directions
}

/// The types that an operation sends and those it receives, without what these mention.
pub(super) fn roots(operation: &Operation) -> (Vec<TypeId>, Vec<TypeId>) {
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    for parameter in &operation.parameters {
        parameter.ty.for_each_named(&mut |id| sent.push(id));
    }
    operation.bodies().for_each(|body| body.content.for_each_named(&mut |id| sent.push(id)));
    for outcome in [&operation.success, &operation.failure] {
        match outcome {
            Outcome::None => {}
            Outcome::One { payload, .. } => {
                payload.ty().into_iter().for_each(|ty| ty.for_each_named(&mut |id| received.push(id)));
            }
            Outcome::Several(id) => received.push(*id),
        }
    }
    operation.streamed.iter().for_each(|one| one.item.for_each_named(&mut |id| received.push(id)));
    (sent, received)
}

/// The types that a type mentions.
pub(super) fn mentioned(api: &Api, id: TypeId) -> Vec<TypeId> {
    let mut types = Vec::new();
    let mut add = |ty: &Type| ty.for_each_named(&mut |id| types.push(id));
    match &api.type_def(id).shape {
        Shape::Record(record) => {
            record.fields.iter().flat_map(Field::types).for_each(&mut add);
            if let Rest::Typed(ty, _) = &record.rest {
                add(ty);
            }
        }
        Shape::Union(union) => union.variants.iter().for_each(|variant| add(&variant.ty)),
        Shape::Alias(ty) => add(ty),
        Shape::Multipart(form) => form.types().for_each(add),
        Shape::Cases(cases) => {
            cases.iter().filter_map(|case| case.payload.as_ref()?.ty()).for_each(add);
        }
        Shape::Enumeration(_) => {}
    }
    types
}

/// Marks every unmarked type reachable from these types.
fn mark(api: &Api, from: Vec<TypeId>, directions: &mut [Direction], flag: fn(&mut Direction) -> &mut bool) {
    let mut pending = from;
    while let Some(id) = pending.pop() {
        if !std::mem::replace(flag(&mut directions[id.index()]), true) {
            pending.extend(mentioned(api, id));
        }
    }
}
