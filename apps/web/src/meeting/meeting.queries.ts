import { queryOptions } from '@tanstack/react-query';
import { getMeetingCard, getMeetingHabits } from '../generated/sdk.gen.ts';
import type { Procedure } from '../generated/types.gen.ts';
import type { Now } from '../procedure/procedure.queries.ts';

const ROOM = 'meetings';

/** The reader's own; nobody else has it. */
export const cardQuery = (id: string) =>
  queryOptions({
    queryKey: [ROOM, 'card', id],
    queryFn: ({ signal }) => getMeetingCard({ path: { id }, signal }),
  });

export const habitsQuery = queryOptions({
  queryKey: [ROOM, 'habits'],
  queryFn: ({ signal }) => getMeetingHabits({ signal }),
});

export type Choice = Now['choices'][number];
export type ProcedureStep = Procedure['steps'][number];

/** One press of a button in a meeting. */
export type Tap = {
  readonly at: string;
  readonly title: Choice['title'];
  readonly say: Choice['say'];
  readonly words: string | null;
};

/** What was pressed in the steps of the live card, in its order. */
export function tapsOf({ steps }: Procedure): readonly Tap[] {
  const taps = steps
    .filter(({ shown }) => shown === 'live')
    .flatMap(({ choices, visits }) =>
      visits.flatMap(({ done }): Tap[] => {
        const chosen = choices.find(({ id }) => id === done?.choice);
        return done && chosen
          ? [{ at: done.at, title: chosen.title, say: chosen.say, words: done.reason }]
          : [];
      }),
    );
  return taps.toSorted((one, other) => (one.at < other.at ? -1 : 1));
}

/** When the talk began: when the first step with its buttons was come to. */
export function begunAt({ steps }: Procedure): string | null {
  const entered = steps
    .filter(({ shown }) => shown === 'live')
    .flatMap(({ visits }) => visits.map(({ enteredAt }) => enteredAt));
  return entered.toSorted()[0] ?? null;
}
