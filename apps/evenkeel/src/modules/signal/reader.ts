import type { WrittenAt } from '@evenkeel/language/ambiguous';
import type {
  AskKind,
  DraftKind,
  Finding,
  InquiryKind,
  NoteKind,
  PromiseKind,
  RuleLang,
  SignalKind,
} from '@evenkeel/language/finding';
import { startThread, type Thread } from '../../kernel/workers.ts';

/** How texts are read: which profile, and which rules are off. */
export type Manner = {
  readonly profile: 'performer' | null;
  readonly off: readonly string[];
};

/** A finding with the words that help: a neutral way to say it, or the question to ask next. */
export type Helped<F extends Finding> = Omit<F, 'advice'> & { readonly phrase: string | null };

export type Ask = Finding<AskKind> & { readonly number: number };

export type Ground = 'not_looked_at' | 'founded' | 'partly' | 'unfounded' | 'not_ours';

/** How one text sounds: the same measure for theirs and for ours. */
export type Measure = {
  /** UTF-16 code units of the writer's own words, and of those that are marked as hostile. */
  readonly ownUnits: number;
  readonly markedUnits: number;
  readonly threats: number;
  /** 0…1; null where the language has no model. */
  readonly toxicity: number | null;
  /** The marked words, surest first. */
  readonly quotes: readonly string[];
};

/** What one of our own texts shows; looked at and never kept. */
export type OwnWords = {
  readonly lang: string;
  readonly rude: readonly Finding<DraftKind | SignalKind>[];
  /** Each as the whole sentence that promises: "I will look" alone does not say at what. */
  readonly promised: readonly Finding<DraftKind>[];
  /** Sentences that promise if a day stands beside them, such as to pay. */
  readonly announced: readonly Finding<PromiseKind>[];
  /** The words without quoted history and signature. */
  readonly own: string;
};

export type PackState = {
  readonly engine: string;
  readonly packs: readonly {
    readonly lang: string;
    readonly version: string;
    readonly rules: number;
    readonly isYours: boolean;
  }[];
  /** User packs that cannot be used; the others work. */
  readonly broken: readonly {
    readonly file: string;
    readonly line: number | null;
    readonly reason: string;
  }[];
};

export type Read<Kind extends SignalKind | DraftKind | NoteKind> = {
  readonly lang: string;
  readonly findings: readonly Finding<Kind>[];
};

type Text = { readonly text: string; readonly lang: RuleLang | null };
type Texts = { readonly texts: readonly string[] };

/** What the reading thread is asked, and what it answers. */
export type Tasks = {
  readonly packs: { readonly ask: null; readonly answer: PackState };
  readonly method: { readonly ask: Pick<Manner, 'profile'>; readonly answer: string };
  readonly signals: {
    readonly ask: Texts & Pick<Manner, 'profile'>;
    readonly answer: { readonly method: string; readonly read: readonly Read<SignalKind>[] };
  };
  readonly read: {
    readonly ask: Text & Manner;
    readonly answer: {
      readonly lang: string;
      readonly cutAt: number | null;
      readonly asks: readonly Ask[];
      readonly findings: readonly Finding<SignalKind>[];
      readonly inquiry: readonly Helped<Finding<InquiryKind>>[];
    };
  };
  readonly draft: {
    readonly ask: Text &
      Manner & {
        readonly replyTo: string | null;
        readonly ground: Ground | null;
        readonly counsel: boolean;
        readonly place: string | null;
        readonly at: WrittenAt;
      };
    readonly answer: { readonly lang: string; readonly findings: readonly Helped<Finding<DraftKind>>[] };
  };
  readonly note: {
    readonly ask: Text & Pick<Manner, 'off'>;
    readonly answer: { readonly lang: string; readonly findings: readonly Helped<Finding<NoteKind>>[] };
  };
  readonly asks: {
    readonly ask: Texts;
    readonly answer: readonly {
      readonly lang: string;
      readonly asks: readonly Ask[];
      /** Where the writer takes another turn. */
      readonly turns: readonly Finding<SignalKind>[];
    }[];
  };
  readonly measure: { readonly ask: Texts & Manner; readonly answer: readonly Measure[] };
  readonly ours: { readonly ask: Texts & Manner; readonly answer: readonly OwnWords[] };
};

export type Task = keyof Tasks;
/** Each question names the folder of the user's packs, so that a thread that was started anew knows it. */
export type Question = {
  readonly [K in Task]: { readonly task: K; readonly ask: Tasks[K]['ask']; readonly packsDir: string };
}[Task];

/** Reads texts in a thread of its own, so that a long one holds nobody up. Nothing it is asked is kept. */
export type Reader = {
  readonly read: <K extends Task>(task: K, ask: Tasks[K]['ask']) => Promise<Tasks[K]['answer']>;
  readonly close: () => Promise<void>;
};

/** A thread that nobody needed for so long is let go, and its memory with it. */
const IDLE_MS = 60_000;

/** @param packsDir the folder with the user's own packs; it need not be there */
export function openReader(packsDir: string): Reader {
  let thread: Thread<Question, unknown> | null = null;
  let asked = 0;
  let idle: NodeJS.Timeout | undefined;
  const close = async () => {
    clearTimeout(idle);
    const closing = thread;
    thread = null;
    await closing?.close();
  };
  const methods = new Map<string, string>();
  const started = () => {
    if (thread && !thread.hasEnded()) return thread;
    // The one before may have read other packs.
    methods.clear();
    thread = startThread(new URL('./reader.worker.ts', import.meta.url));
    return thread;
  };
  const ask: Reader['read'] = async (task, asks) => {
    clearTimeout(idle);
    asked += 1;
    try {
      return (await started().ask({ task, ask: asks, packsDir } as Question)) as never;
    } finally {
      asked -= 1;
      if (asked === 0) idle = setTimeout(() => void close(), IDLE_MS).unref();
    }
  };
  /** What the last thread said is good until another is started: a list needs none for it. */
  const method = async (asks: Tasks['method']['ask']): Promise<string> => {
    const key = asks.profile ?? '';
    const known = methods.get(key) ?? (await ask('method', asks));
    methods.set(key, known);
    return known;
  };
  return {
    read: (task, asks) =>
      task === 'method' ? (method(asks as Tasks['method']['ask']) as never) : ask(task, asks),
    close,
  };
}
