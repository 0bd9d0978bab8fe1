import { type Asks, player } from '../procedure/playing.ts';

const WORDS = { 'what-was-agreed': 'Nothing yet.', 'next-step': 'I look into it by Monday.' };

type Write = (address: string, words?: Partial<typeof WORDS>) => Promise<WrittenLetter>;

export type WrittenLetter = {
  /** Of the procedure. */
  readonly id: string;
  readonly partyId: string;
  readonly letter: string;
  /** Where the letter is found. */
  readonly path: string;
};

/** Comes to letters that nothing was written in yet, to somebody at an address. */
export async function letterBeginner(
  app: Asks,
  now: () => string,
): Promise<(address: string) => Promise<WrittenLetter>> {
  const play = player(app);
  const { packs } = await app.ask<{ packs: readonly { id: string }[] }>(
    'GET',
    '/api/procedures/packs?subject=call',
  );
  return async (address) => {
    const { id: partyId } = await app.ask<{ id: string }>('POST', '/api/parties', {
      ...{ name: `Client of ${address}`, state: 'client', identifiers: [address] },
    });
    const call = await app.ask<{ id: string }>('POST', '/api/interactions/by-hand', {
      ...{ kind: 'call', direction: 'inbound', parties: [{ id: partyId }], at: now() },
      ...{ durationMin: 1, channel: 'phone', people: ['Orlov'], subject: null, quotes: [], outcome: null },
      text: 'Orlov asked where the login is.',
    });
    const id = await play.start(packs[0]!.id, partyId, { kind: 'call', id: call.id });
    const shown = await play.done(id, (await play.see(id)).now!.step);
    const letter = shown.steps.find((step) => step.id === shown.now?.step)!.letter!;
    return { id, partyId, letter, path: `/api/procedures/${id}/letters/${letter}` };
  };
}

/** Writes letters as far as they can be sent: finished, to somebody at an address. */
export async function letterWriter(app: Asks, now: () => string): Promise<Write> {
  const play = player(app);
  const begin = await letterBeginner(app, now);
  return async (address, words = {}) => {
    const begun = await begin(address);
    await play.draft(begun.id, begun.letter, { ...WORDS, ...words });
    await play.final(begun.id, begun.letter);
    return begun;
  };
}
