// Notes, their pins and their comments.
import assert from 'node:assert/strict';
import { areThese, has, isId, isRfc3339, isSpacedTime, isUuid } from '../lib/expect.mjs';
import { faithful } from '../lib/faithful.mjs';
import { walkByOffset } from '../lib/pages.mjs';

export async function notes(scenario, step) {
  const { notes: api } = scenario.clients;
  const ask = faithful(scenario.wire);

  await step('a note is written and pinned to the deal', async () => {
    const [deal, me] = [scenario.the('deal'), scenario.the('me')];
    const content = 'They want <b>blue</b> ones';
    const { data } = await ask(() => api.addNote({ content, deal_id: deal.id, pinned_to_deal_flag: 1 }));
    assert.equal(scenario.wire.last.status, 200);
    isId(data.id);
    isSpacedTime(data.add_time);
    has(data, {
      content,
      deal_id: deal.id,
      person_id: null,
      org_id: null,
      user_id: me.id,
      active_flag: true,
      pinned_to_deal_flag: true,
      pinned_to_person_flag: false,
    });
    has(data.deal, { title: deal.title });
    has(data.user, { name: me.name, email: me.email, is_you: true });
    scenario.keep('note', data);
  });

  await step('notes are listed by what they are written on and where they are pinned', async () => {
    const { id: deal_id } = scenario.the('deal');
    const { data: loose } = await ask(() => api.addNote({ content: 'Call in the mornings', deal_id }));
    areThese((await ask(() => api.getNotes({ deal_id, pinned_to_deal_flag: 1 }))).data, [scenario.the('note')]);
    areThese(await walkByOffset(1, (page) => ask(() => api.getNotes({ ...page, deal_id, sort: 'id DESC' }))), [
      loose,
      scenario.the('note'),
    ]);
    assert.equal((await ask(() => api.deleteNote(loose.id))).data, true);
    areThese((await ask(() => api.getNotes({ deal_id }))).data, [scenario.the('note')]);
  });

  await step('a note is changed and unpinned', async () => {
    const { id } = scenario.the('note');
    const changes = { content: 'They want green ones', pinned_to_deal_flag: 0 };
    has((await ask(() => api.updateNote(id, changes))).data, {
      id,
      content: changes.content,
      pinned_to_deal_flag: false,
    });
    has((await ask(() => api.getNote(id))).data, { id, content: changes.content, deal_id: scenario.the('deal').id });
  });

  await step('comments are added, changed, listed and removed', async () => {
    const { id } = scenario.the('note');
    const { data } = await ask(() => api.addNoteComment(id, { content: 'Really?' }));
    isUuid(data.uuid);
    isRfc3339(data.add_time);
    has(data, {
      content: 'Really?',
      object_id: String(id),
      object_type: 'note',
      user_id: scenario.the('me').id,
      active_flag: true,
    });
    has((await ask(() => api.updateCommentForNote(id, data.uuid, { content: 'Sure?' }))).data, {
      uuid: data.uuid,
      content: 'Sure?',
    });
    has((await ask(() => api.getComment(id, data.uuid))).data, { uuid: data.uuid, content: 'Sure?' });
    assert.deepEqual(
      (await ask(() => api.getNoteComments(id))).data.map((one) => one.uuid),
      [data.uuid],
    );
    assert.equal((await ask(() => api.deleteComment(id, data.uuid))).data, true);
    assert.deepEqual((await ask(() => api.getNoteComments(id))).data ?? [], []);
  });
}
