import { type QueryClient, queryOptions } from '@tanstack/react-query';
import {
  getProcedure,
  getProcedureLetter,
  listProcedurePacks,
  listProcedures,
} from '../generated/sdk.gen.ts';
import type { Procedure, ProcedureLetter } from '../generated/types.gen.ts';

export type LetterLang = ProcedureLetter['lang'];
export type SubjectKind = Procedure['subject']['kind'];

const ROOM = 'procedures';

/** @param starts 'quote': what begins from words that are selected */
export const packsQuery = (subject: string, starts: 'thing' | 'quote' = 'thing') =>
  queryOptions({
    queryKey: [ROOM, 'packs', subject, starts],
    queryFn: ({ signal }) => listProcedurePacks({ query: { subject, starts }, signal }),
  });

/** What runs or ran about one thing, or for a client. */
export const proceduresQuery = (of: { party?: string; subject?: string; running?: 'true' | 'false' }) =>
  queryOptions({
    queryKey: [ROOM, 'list', of],
    queryFn: ({ signal }) => listProcedures({ query: of, signal }),
  });

export const procedureQuery = (id: string) =>
  queryOptions({
    queryKey: [ROOM, 'one', id],
    queryFn: ({ signal }) => getProcedure({ path: { id }, signal }),
  });

/** @param lang undefined: the language they write in */
export const letterQuery = (id: string, letter: string, lang: LetterLang | undefined) =>
  queryOptions({
    queryKey: [ROOM, 'letter', id, letter, lang ?? null],
    queryFn: ({ signal }) =>
      getProcedureLetter({ path: { id, letter }, query: lang ? { lang } : {}, signal }),
  });

/** After a step anything that has a date, or a line of the timeline, may be another. */
export function stepTaken(queries: QueryClient, procedure: Procedure): void {
  queries.setQueryData([ROOM, 'one', procedure.id], procedure);
  void queries.invalidateQueries({
    predicate: ({ queryKey }) => queryKey[0] !== ROOM || queryKey[1] !== 'one',
  });
}

/** The step that is to be done now. */
export type Now = NonNullable<Procedure['now']>;
