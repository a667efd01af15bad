//! Numbers within the limits of a schema.

use crate::resolve::SchemaRef;

/// The limits of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Limits {
    least: Option<f64>,
    most: Option<f64>,
    excludes_least: bool,
    excludes_most: bool,
    step: Option<f64>,
}

impl Limits {
    /// What all of some schemas allow.
    pub(super) fn of(schemas: &[SchemaRef<'_>]) -> Self {
        let mut limits = Self::default();
        for schema in schemas {
            if let Some(least) =
                schema.minimum().filter(|least| limits.least.is_none_or(|known| *least > known))
            {
                (limits.least, limits.excludes_least) = (Some(least), schema.excludes_minimum());
            }
            if let Some(most) = schema.maximum().filter(|most| limits.most.is_none_or(|known| *most < known))
            {
                (limits.most, limits.excludes_most) = (Some(most), schema.excludes_maximum());
            }
            limits.step = limits.step.or(schema.multiple_of()).filter(|step| *step > 0.0);
        }
        limits
    }

    /// Whether a number is within them.
    pub(super) fn allow(self, number: f64) -> bool {
        let is_enough =
            self.least.is_none_or(|least| number > least || (number == least && !self.excludes_least));
        let is_little = self.most.is_none_or(|most| number < most || (number == most && !self.excludes_most));
        let is_multiple = self.step.is_none_or(|step| {
            let times = number / step;
            (times - times.round()).abs() < 1e-6
        });
        is_enough && is_little && is_multiple
    }

    /// An integer within them: 1 if that is allowed.
    pub(super) fn integer(self) -> i64 {
        let step = self.step.unwrap_or(1.0).max(1.0);
        let least = self.least.map(|least| (least / step).ceil() * step);
        let most = self.most.map(|most| (most / step).floor() * step);
        let candidates = [
            Some(1.0),
            Some(step),
            least,
            least.map(|least| least + step),
            most,
            most.map(|most| most - step),
        ];
        let found =
            candidates.into_iter().flatten().find(|number| number.fract() == 0.0 && self.allow(*number));
        // A document whose limits allow no integer gets one all the same; the server will say so.
        found.unwrap_or(1.0) as i64
    }

    /// A number within them: 1.5 if that is allowed.
    pub(super) fn number(self) -> f64 {
        let middle = self.least.zip(self.most).map(|(least, most)| f64::midpoint(least, most));
        let candidates = [
            Some(1.5),
            Some(1.0),
            middle,
            self.step,
            self.least,
            self.least.map(|least| least + 1.0),
            self.most,
            self.most.map(|most| most - 1.0),
        ];
        candidates.into_iter().flatten().find(|number| self.allow(*number)).unwrap_or(1.5)
    }
}

#[cfg(test)]
mod tests {
    use super::Limits;

    #[test]
    fn numbers_are_within_limits() {
        let limits = |least, most| Limits { least, most, ..Limits::default() };
        assert_eq!(Limits::default().integer(), 1);
        assert_eq!(limits(Some(18.0), None).integer(), 18);
        assert_eq!(limits(None, Some(-3.0)).integer(), -3);
        assert_eq!(Limits { excludes_least: true, ..limits(Some(1.0), None) }.integer(), 2);
        assert_eq!(Limits { step: Some(10.0), ..limits(Some(11.0), None) }.integer(), 20);
        assert_eq!(limits(Some(0.0), Some(1.0)).number(), 1.0);
        assert_eq!(limits(Some(0.2), Some(0.4)).number(), 0.30000000000000004);
        assert_eq!(Limits { excludes_most: true, ..limits(Some(0.0), Some(1.0)) }.number(), 0.5);
    }
}
