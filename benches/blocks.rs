//! Blocks that a reader sent, kept to be sent again, whole or one column of them.

use driftline::block::{ArrayBlock, Field, RowStart, RunPlace, Sink, TextBlock};
use driftline::engine::Plan;
use driftline::issue::Code;

/// The blocks of a file.
pub(crate) struct Blocks<'a> {
    bytes: &'a [u8],
    n_columns: usize,
    blocks: Vec<Block>,
}

struct Block {
    /// Where its bytes begin in the file's.
    base: u64,
    fields: Vec<Field>,
    rows: Vec<RowStart>,
    first_row: u64,
}

impl<'a> Blocks<'a> {
    pub(crate) fn read(bytes: &'a [u8], plan: &Plan) -> Blocks<'a> {
        let mut kept = Kept(Vec::new());
        super::feed(bytes, plan, &mut kept);
        Blocks { bytes, n_columns: plan.columns.len(), blocks: kept.0 }
    }

    /// A table of one column, so many times over: what rows cost is then shared as in a wider table.
    pub(crate) fn column(&self, column: usize, copies: usize) -> Blocks<'a> {
        let only = |block: &Block| Block {
            base: block.base,
            fields: block
                .fields
                .iter()
                .skip(column)
                .step_by(self.n_columns)
                .flat_map(|field| std::iter::repeat_n(*field, copies))
                .collect(),
            rows: block.rows.clone(),
            first_row: block.first_row,
        };
        Blocks { bytes: self.bytes, n_columns: copies, blocks: self.blocks.iter().map(only).collect() }
    }

    pub(crate) fn send(&self, sink: &mut dyn Sink) {
        for block in &self.blocks {
            sink.text(&TextBlock {
                bytes: &self.bytes[usize::try_from(block.base).expect("within the file")..],
                base: block.base,
                n_columns: self.n_columns,
                fields: &block.fields,
                rows: &block.rows,
                first_row: block.first_row,
            });
        }
    }

    pub(crate) fn rows(&self) -> u64 {
        self.blocks.iter().map(|it| it.rows.len() as u64).sum()
    }

    pub(crate) fn cells(&self) -> usize {
        self.blocks.iter().map(|it| it.fields.len()).sum()
    }

    /// Bytes of the fields, a delimiter each included.
    pub(crate) fn bytes(&self) -> usize {
        self.blocks.iter().flat_map(|it| &it.fields).map(|it| it.len() + 1).sum()
    }
}

struct Kept(Vec<Block>);

impl Sink for Kept {
    fn text(&mut self, block: &TextBlock<'_>) {
        self.0.push(Block {
            base: block.base,
            fields: block.fields.to_vec(),
            rows: block.rows.to_vec(),
            first_row: block.first_row,
        });
    }

    fn arrays(&mut self, _: &ArrayBlock<'_>) {}

    fn issue(&mut self, _: Code, _: Option<usize>, _: RunPlace<'_>) {}

    fn set_aside(&mut self, _: Code, _: RunPlace<'_>) {}

    fn unknown_column(&mut self, _: &str, _: u64) {}
}

/// Takes all and does nothing: what is left is the reader.
pub(crate) struct Nothing;

impl Sink for Nothing {
    fn text(&mut self, block: &TextBlock<'_>) {
        std::hint::black_box(block);
    }

    fn arrays(&mut self, _: &ArrayBlock<'_>) {}

    fn issue(&mut self, _: Code, _: Option<usize>, _: RunPlace<'_>) {}

    fn set_aside(&mut self, _: Code, _: RunPlace<'_>) {}

    fn unknown_column(&mut self, _: &str, _: u64) {}
}
