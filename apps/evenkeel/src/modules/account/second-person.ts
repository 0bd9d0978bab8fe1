import { type Instant, instantOf } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';

/** Somebody outside the workspace who looked, and the record that shows it: the id of their mail. */
export type Outsider = { readonly name: string; readonly proof: string };

export type SecondLook = {
  /** Who decides now, and who took the step before. */
  readonly actor: string;
  readonly firstActor: string;
  /** How many members the workspace has. */
  readonly members: number;
  readonly outsider: Outsider | null;
  readonly reason: string;
  /** When the reason was written down and the wait began; null when this is the first time. */
  readonly askedAt: Instant | null;
  readonly now: Instant;
  readonly isSafety: boolean;
};

/** Whose look it was. `says` is a plain sentence for the record; screens translate `who`. */
export type SecondPerson = { readonly who: 'member' | 'outsider' | 'nobody-else'; readonly says: string };
export type SecondPersonRefusal = 'second-person-needed' | 'reason-missing' | 'wait-needed';

const WAIT_MS = 24 * 3_600_000;
const MEMBER = 'member:';

/**
 * Decides whether a second person has looked. Somebody who works alone writes a reason and waits for a day instead, and
 * the record says that nobody else has looked. Safety never waits.
 *
 * @returns `wait-needed` with `until`, when it may be done; who was not asked before begins to wait now
 */
export function decideSecondPerson(look: SecondLook): Outcome<SecondPerson, SecondPersonRefusal> {
  const { outsider, reason, members, isSafety } = look;
  if (isAnotherMember(look)) return accept({ who: 'member', says: 'Another member has looked.' });
  if (outsider && outsider.name.trim() !== '' && outsider.proof !== '')
    return accept({ who: 'outsider', says: `${outsider.name.trim()}, from outside, has looked.` });
  if (!isSafety && members > 1) return refuse('second-person-needed');
  if (reason.trim() === '') return refuse('reason-missing');
  if (isSafety)
    return accept({ who: 'nobody-else', says: 'Done at once for safety. Nobody else has looked.' });
  return waited(look);
}

/** The control socket is this machine's owner, who may be any of the members: it is nobody's second look. */
function isAnotherMember({ actor, firstActor }: SecondLook): boolean {
  return actor !== firstActor && actor.startsWith(MEMBER) && firstActor.startsWith(MEMBER);
}

function waited({ askedAt, now }: SecondLook): Outcome<SecondPerson, SecondPersonRefusal> {
  const until = instantOf(Date.parse(askedAt ?? now) + WAIT_MS);
  if (now < until) return refuse('wait-needed', { until });
  return accept({
    who: 'nobody-else',
    says: 'Nobody else has looked: a reason was written down, and a day went by.',
  });
}
