import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { ErasureRefusal, ErasureWish } from './erasure.ts';

/** What an erasure does one after the other. From `keys` on nothing brings back what goes. */
export const ERASURE_PHASES = ['waiting', 'looking', 'keys', 'rows', 'files', 'receipt'] as const;
export type ErasurePhase = (typeof ERASURE_PHASES)[number];

type About = Pick<ErasureWish, 'scope' | 'subject'>;

/** How far an erasure is. */
export type ErasureProgress = About & {
  readonly phase: ErasurePhase;
  readonly done: number;
  /** Of how many; 0 while that is not known. */
  readonly of: number;
  /** Whether it can be called off still: nothing has gone. */
  readonly mayCancel: boolean;
};

/** Says how far it is. */
export type Step = (phase: ErasurePhase, done?: number, of?: number) => void;

/** What an erasure that goes on says of itself, and is told. */
export type Going = {
  readonly step: Step;
  /** Aborted when somebody calls it off. */
  readonly signal: AbortSignal;
  /**
   * Goes past the point of no return.
   *
   * @throws the reason of {@link signal} if it was called off before
   */
  readonly pass: () => void;
};

export type CancelRefusal = 'erasing-none' | 'erasing-past';

/** One erasure at a time: nobody begins a second one, and everybody sees how far the first is. */
export type ErasureTurn = {
  readonly alone: <T>(
    about: About,
    work: (going: Going) => Promise<Outcome<T, ErasureRefusal>>,
  ) => Promise<Outcome<T, ErasureRefusal>>;
  readonly now: () => ErasureProgress | null;
  readonly cancel: () => Outcome<null, CancelRefusal>;
};

export function erasureTurn(): ErasureTurn {
  let progress: ErasureProgress | null = null;
  let stop = new AbortController();
  const step: Step = (phase, done = 0, of = 0) => {
    progress = { ...progress!, phase, done, of };
  };
  return {
    alone: async ({ scope, subject }, work) => {
      if (progress) return refuse('erasing-now');
      const own = new AbortController();
      stop = own;
      progress = { scope, subject, phase: 'waiting', done: 0, of: 0, mayCancel: true };
      const pass = () => {
        own.signal.throwIfAborted();
        progress = { ...progress!, mayCancel: false };
      };
      try {
        return await work({ step, signal: own.signal, pass });
      } catch (error) {
        if (own.signal.aborted && error === own.signal.reason) return refuse('erasing-cancelled');
        throw error;
      } finally {
        progress = null;
      }
    },
    now: () => progress,
    cancel: () => {
      if (!progress) return refuse('erasing-none');
      if (!progress.mayCancel) return refuse('erasing-past');
      stop.abort();
      return accept(null);
    },
  };
}
