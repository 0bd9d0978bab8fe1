/** Whoever can be asked through the API: the program in a test, or a page of it. */
export type Asks = {
  readonly ask: <T>(method: string, path: string, body?: unknown) => Promise<T>;
};

export type Words = { readonly en: string; readonly ru: string; readonly fi: string };
export type Shown = {
  readonly id: string;
  readonly endedAt: string | null;
  readonly outcome: { readonly id: string; readonly title: Words } | null;
  readonly pack: { readonly id: string; readonly isVerified: boolean; readonly title: Words };
  readonly steps: readonly {
    readonly id: string;
    readonly state: string;
    readonly letter: string | null;
    readonly visits: readonly {
      readonly enteredAt: string;
      readonly because: string | null;
      readonly due: { readonly at: string; readonly date: string } | null;
      readonly done: {
        readonly actor: string;
        readonly choice: string | null;
        readonly reason: string | null;
        readonly isSkipped: boolean;
        readonly second: { readonly who: string } | null;
      } | null;
    }[];
  }[];
  readonly now: {
    readonly step: string;
    readonly number: number;
    readonly of: number;
    readonly needs: readonly { readonly predicate: string; readonly holds: boolean }[];
    readonly due: { readonly at: string; readonly date: string; readonly isWholeDay: boolean } | null;
    readonly source: { readonly says: Words } | null;
    readonly isStopped: boolean;
    readonly second: { readonly isAlone: boolean; readonly asked: { readonly until: string } | null } | null;
    readonly because: string | null;
  } | null;
  readonly letters: readonly {
    readonly letter: string;
    readonly interactionId: string | null;
    readonly proofId: string | null;
  }[];
  readonly pairs: readonly {
    readonly first: string;
    readonly second: string;
    readonly replies: readonly string[];
  }[];
};
export type Letter = {
  readonly subject: string;
  readonly text: string;
  readonly template: string;
  readonly missing: readonly string[];
  readonly fields: readonly {
    readonly name: string;
    readonly title: Words | null;
    readonly value: string | null;
  }[];
  readonly finished: {
    readonly sha256: string;
    readonly text: string;
    readonly handedOverAt: string | null;
  } | null;
};

/** What a test does with procedures, as the screens would. */
export function player(app: Asks) {
  const path = (id: string, rest = '') => `/api/procedures/${id}${rest}`;
  return {
    start: async (pack: string, partyId: string, subject: { kind: string; id: string }) =>
      (await app.ask<{ id: string }>('POST', '/api/procedures', { pack, partyId, subject })).id,
    see: (id: string) => app.ask<Shown>('GET', path(id)),
    done: (id: string, step: string, wish: object = {}) =>
      app.ask<Shown>('POST', path(id, `/steps/${step}/done`), wish),
    letter: (id: string, letter: string, lang = 'en') =>
      app.ask<Letter>('GET', path(id, `/letters/${letter}?lang=${lang}`)),
    draft: (
      id: string,
      letter: string,
      fields: Readonly<Record<string, string>>,
      lang = 'en',
      text: string | null = null,
    ) => app.ask<Letter>('PUT', path(id, `/letters/${letter}`), { lang, fields, text }),
    final: (id: string, letter: string, lang = 'en') =>
      app.ask<Letter>('POST', path(id, `/letters/${letter}/final`), { lang }),
    hand: (id: string, letter: string, way = 'copy') =>
      app.ask<Letter>('POST', path(id, `/letters/${letter}/handed-over`), { way }),
  };
}

/** The status and code of an answer that must be a refusal. */
export async function refusedBy(response: Response): Promise<{
  readonly status: number;
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
}> {
  const { code, params } = (await response.json()) as { code: string; params: Record<string, unknown> };
  return { status: response.status, code, params };
}
