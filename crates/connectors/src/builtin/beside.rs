//! Values of records that stand in no column of theirs: each kind is asked for once per page, and only if it is wanted.

use std::collections::BTreeMap;

use penstock_crm::Reader;
use penstock_model::{Object, Result, Value};

use super::{
    concerned, external,
    layout::{Layout, Row},
};

/// The values, by the records' numbers; records without one are missing.
#[derive(Default)]
pub(super) struct Beside {
    /// The keys in other systems.
    pub(super) external: BTreeMap<i64, Value>,
    /// The persons whom a note concerns.
    pub(super) concerned: BTreeMap<i64, Value>,
}

impl Beside {
    /// What a layout wants of some records.
    pub(super) fn read(
        reader: &mut Reader<'_>,
        object: &'static Object,
        layout: &Layout,
        rows: &[(i64, &dyn Row)],
    ) -> Result<Self> {
        let mut beside = Self::default();
        if layout.has_external() {
            let ids: Vec<i64> = rows.iter().map(|(id, _)| *id).collect();
            beside.external = external::of(reader, object, &ids)?;
        }
        if let Some(by) = layout.concerned() {
            beside.concerned = concerned::of(reader, rows, by)?;
        }
        Ok(beside)
    }
}
