//! A deal as v2 shows it.

use rusqlite::{Row, types::ValueRef};

use super::{custom::Keys, json};
use crate::Result;

/// The columns that [`write`] reads, in its order.
pub(super) const COLUMNS: &str = "id, title, creator_user_id, owner_id, value, currency, person_id, org_id, \
    pipeline_id, stage_id, add_time, update_time, stage_change_time, status, is_deleted, is_archived, archive_time, \
    probability, lost_reason, visible_to, close_time, won_time, lost_time, expected_close_date, label_ids, origin, \
    origin_id, channel, channel_id, arr, mrr, acv, custom";

/// Writes a row as an object, and gives its time of creation and its number.
pub(super) fn write(out: &mut Vec<u8>, row: &Row<'_>, keys: &Keys) -> Result<(i64, i64)> {
    let mut put = |key: &[u8], column: usize, write: fn(&mut Vec<u8>, ValueRef<'_>)| -> Result<()> {
        out.extend_from_slice(key);
        write(out, row.get_ref(column)?);
        Ok(())
    };
    put(b"{\"id\":", 0, json::plain)?;
    put(b",\"title\":", 1, json::plain)?;
    put(b",\"creator_user_id\":", 2, json::plain)?;
    put(b",\"owner_id\":", 3, json::plain)?;
    put(b",\"value\":", 4, json::money)?;
    put(b",\"currency\":", 5, json::plain)?;
    put(b",\"person_id\":", 6, json::plain)?;
    put(b",\"org_id\":", 7, json::plain)?;
    put(b",\"pipeline_id\":", 8, json::plain)?;
    put(b",\"stage_id\":", 9, json::plain)?;
    put(b",\"add_time\":", 10, json::moment)?;
    put(b",\"update_time\":", 11, json::moment)?;
    put(b",\"stage_change_time\":", 12, json::moment)?;
    put(b",\"status\":", 13, json::plain)?;
    put(b",\"is_deleted\":", 14, json::flag)?;
    put(b",\"is_archived\":", 15, json::flag)?;
    put(b",\"archive_time\":", 16, json::moment)?;
    put(b",\"probability\":", 17, json::plain)?;
    put(b",\"lost_reason\":", 18, json::plain)?;
    put(b",\"visible_to\":", 19, json::plain)?;
    put(b",\"close_time\":", 20, json::moment)?;
    put(b",\"won_time\":", 21, json::moment)?;
    put(b",\"lost_time\":", 22, json::moment)?;
    put(b",\"local_won_date\":", 21, json::day)?;
    put(b",\"local_lost_date\":", 22, json::day)?;
    put(b",\"local_close_date\":", 20, json::day)?;
    put(b",\"expected_close_date\":", 23, json::plain)?;
    put(b",\"label_ids\":", 24, json::list)?;
    put(b",\"origin\":", 25, json::plain)?;
    put(b",\"origin_id\":", 26, json::plain)?;
    put(b",\"channel\":", 27, json::plain)?;
    put(b",\"channel_id\":", 28, json::plain)?;
    put(b",\"arr\":", 29, json::money)?;
    put(b",\"mrr\":", 30, json::money)?;
    put(b",\"acv\":", 31, json::money)?;
    out.extend_from_slice(b",\"custom_fields\":");
    match row.get_ref(32)? {
        ValueRef::Text(stored) => keys.write(out, stored),
        _ => keys.write(out, b"{}"),
    }
    out.push(b'}');
    Ok((row.get(10)?, row.get(0)?))
}
