import { sendMessage, updateSettings } from '@tims/core';
import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, conversationAt, openStage, type Person, type Stage } from '../stage/index.js';

forEachDatabase("a team's workload", (open) => {
  let stage: Stage;
  let [busy, idle, lead]: Person[] = [];
  let tx: string;
  beforeAll(async () => {
    stage = await openStage(await open());
    const { tims } = stage;
    tx = await tims.addTeam('tx');
    [busy, idle, lead] = await Promise.all([
      addPerson(tims, 'agent', [tims.teamId]),
      addPerson(tims, 'agent', [tims.teamId]),
      addPerson(tims, 'assistant_manager', [tims.teamId]),
    ]);
  });
  afterAll(() => stage.close());
  const ask = (as: Person | undefined, teamId = stage.tims.teamId) =>
    stage.call('GET', `/api/teams/${teamId}/workload`, { as: as ?? expect.fail() });

  it('says who has how much, who is overloaded and what waits, as it is now', async () => {
    const { tims } = stage;
    await updateSettings(tims.installation, tims.admin, { overloadAt: 3 });
    const assignee = (busy ?? expect.fail()).actor;
    const all = [await conversationAt(tims, { assignee }), await conversationAt(tims, { assignee })];
    // In another team, and theirs all the same.
    all.push(await conversationAt(tims, { assignee, teamId: tx }));
    await conversationAt(tims, { assignee, closed: true });
    await conversationAt(tims);
    await sendMessage(tims.installation, assignee, { conversationId: all[0]?.id ?? '', text: 'Hello' });
    const { body } = await ask(lead);
    expect(body.queue).toEqual({ waiting: 1, oldestWaitingSince: expect.any(String) });
    expect(body.agents[0]).toMatchObject({
      userId: assignee.id,
      open: 3,
      unanswered: 2,
      oldestWaitingSince: expect.any(String),
      overloaded: true,
    });
    expect(body.agents.find(({ userId }: { userId: string }) => userId === idle?.actor.id)).toMatchObject({
      open: 0,
      unanswered: 0,
      oldestWaitingSince: null,
      overloaded: false,
    });
  });

  it('is for those who lead it; agents see their own line', async () => {
    const { body } = await ask(idle);
    expect(body.agents.map(({ userId }: { userId: string }) => userId)).toEqual([idle?.actor.id]);
    expect(await ask(lead, tx)).toMatchObject({ status: 403 });
    expect((await ask(stage.admin, tx)).status).toBe(200);
  });
});
