// Notes, their pins and their comments (v1 only, also in client 33.x).
import assert from 'node:assert/strict';
import { areThese, has, isId, isRfc3339, isSpacedTime, isUuid } from '../lib/expect.mjs';
import { walkByOffset } from '../lib/pages.mjs';

export async function notes(scenario, step) {
  const api = scenario.clients.v1.notes;

  await step('a note is written and pinned to the deal', async () => {
    const [deal, me] = [scenario.the('deal'), scenario.the('me')];
    const content = 'They want <b>blue</b> ones';
    const { success, data } = await api.addNote({
      AddNoteRequest: { content, deal_id: deal.id, pinned_to_deal_flag: 1 },
    });
    assert.equal(success, true);
    isId(data.id);
    isSpacedTime(data.add_time);
    has(data, {
      content,
      deal_id: deal.id,
      person_id: null,
      org_id: null,
      lead_id: null,
      user_id: me.id,
      active_flag: true,
      pinned_to_deal_flag: true,
      pinned_to_person_flag: false,
      pinned_to_organization_flag: false,
      pinned_to_lead_flag: false,
    });
    has(data.deal, { title: deal.title });
    has(data.user, { name: me.name, email: me.email, is_you: true });
    scenario.keep('note', data);
  });

  await step('notes are listed by what they are written on and where they are pinned', async () => {
    const deal_id = scenario.the('deal').id;
    const { data: loose } = await api.addNote({ AddNoteRequest: { content: 'Call in the mornings', deal_id } });
    areThese((await api.getNotes({ deal_id, pinned_to_deal_flag: 1 })).data, [scenario.the('note')]);
    areThese(await walkByOffset(1, (page) => api.getNotes({ ...page, deal_id, sort: 'id ASC' })), [
      scenario.the('note'),
      loose,
    ]);
    assert.equal((await api.deleteNote({ id: loose.id })).data, true);
    areThese((await api.getNotes({ deal_id })).data, [scenario.the('note')]);
  });

  await step('a note is changed and unpinned', async () => {
    const { id } = scenario.the('note');
    const { data } = await api.updateNote({
      id,
      NoteRequest: { content: 'They want green ones', pinned_to_deal_flag: 0 },
    });
    has(data, { id, content: 'They want green ones', pinned_to_deal_flag: false, deal_id: scenario.the('deal').id });
    has((await api.getNote({ id })).data, { id, content: 'They want green ones', pinned_to_deal_flag: false });
  });

  await step('comments are added, changed, listed and removed', async () => {
    const { id } = scenario.the('note');
    const { data: first } = await api.addNoteComment({ id, CommentPostPutObject: { content: 'Really?' } });
    isUuid(first.uuid);
    isRfc3339(first.add_time);
    has(first, {
      content: 'Really?',
      object_id: String(id),
      object_type: 'note',
      user_id: scenario.the('me').id,
      active_flag: true,
    });
    const { data: second } = await api.addNoteComment({ id, CommentPostPutObject: { content: 'Yes' } });
    const changed = await api.updateCommentForNote({
      id,
      commentId: first.uuid,
      CommentPostPutObject: { content: 'Are they sure?' },
    });
    has(changed.data, { uuid: first.uuid, content: 'Are they sure?' });
    has((await api.getComment({ id, commentId: first.uuid })).data, { uuid: first.uuid, content: 'Are they sure?' });
    const uuids = async () => (await api.getNoteComments({ id })).data.map((one) => one.uuid).sort();
    assert.deepEqual(await uuids(), [first.uuid, second.uuid].sort());
    assert.equal((await api.deleteComment({ id, commentId: second.uuid })).data, true);
    assert.deepEqual(await uuids(), [first.uuid]);
  });
}
