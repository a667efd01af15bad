//! The figures as a table.

use super::{
    Body,
    run::{Cost, Figures},
};

/// The head of the table. A ratio above 1 says that the crate is faster.
pub const HEAD: &str = "\
| document | reply | body | bytes | read: ours | by hand | by hand / ours | allocations | write: ours | by hand | by hand / ours | allocations |
|---|---|---|---|---|---|---|---|---|---|---|---|";

/// A line of it.
pub fn row(document: &str, body: &Body, figures: &Figures) -> String {
    let source = if body.is_shown { "shown" } else { "made" };
    let (read, write) = (costs(figures.read), costs(figures.write));
    format!("| {document} | {} | {source} | {} | {read} | {write} |", body.operation, body.json.len())
}

fn costs([ours, by_hand]: [Cost; 2]) -> String {
    format!(
        "{} | {} | {:.2} | {} / {}",
        duration(ours),
        duration(by_hand),
        by_hand.nanoseconds / ours.nanoseconds,
        ours.allocations,
        by_hand.allocations
    )
}

fn duration(cost: Cost) -> String {
    format!("{:.2} µs", cost.nanoseconds / 1e3)
}

#[cfg(test)]
mod tests {
    use super::{Body, Cost, Figures, HEAD, row};

    #[test]
    fn a_row_has_a_cell_for_each_column() {
        let cost = |nanoseconds| Cost { nanoseconds, allocations: 3.0 };
        let figures = Figures { read: [cost(1_000.0), cost(1_500.0)], write: [cost(200.0), cost(100.0)] };
        let body = Body {
            operation: "get 200".to_owned(),
            is_shown: false,
            ty: "A".to_owned(),
            media: String::new(),
            json: "[1]".to_owned(),
        };
        let row = row("a.json", &body, &figures);
        assert_eq!(
            row,
            "| a.json | get 200 | made | 3 | 1.00 µs | 1.50 µs | 1.50 | 3 / 3 | 0.20 µs | 0.10 µs | 0.50 | 3 / 3 |"
        );
        assert!(HEAD.lines().all(|line| line.matches('|').count() == row.matches('|').count()));
    }
}
