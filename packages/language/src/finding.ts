/** What the engine can see in a client's words. Each stands for an act of the writer, never for a person or a topic. */
export const SIGNAL_KINDS = [
  'hostility',
  'accusation',
  'legal_threat',
  'legal_reference',
  'regulator_complaint',
  'public_threat',
  'exposure_threat',
  'churn_threat',
  'physical_threat',
  'self_harm',
  'sexual_remark',
  'identity_attack',
  'pressure',
  'emotional_appeal',
  'repeated_demand',
  'reopening',
  'indecision',
  'double_standard',
  'refund_demand',
  'payment_refusal',
  'chargeback',
  'profanity',
] as const;

/** What the engine can see in our own draft; the last five are notes, the others warnings. */
export const DRAFT_KINDS = [
  'insult',
  'sarcasm',
  'cynicism',
  'defensive',
  'blame_customer',
  'blame_colleague',
  'opinion',
  'admission',
  'over_promise',
  'absolute',
  'vague_date',
  'jargon',
  'second_person',
  'threat',
  'apology',
  'commitment',
  'policy_refusal',
  'unanswered',
  'no_next_step',
] as const;

/** What does not belong into a neutral note of our own. */
export const NOTE_KINDS = ['adjective', 'motive', 'diagnosis'] as const;

/** What asks for an answer. */
export const ASK_KINDS = ['demand', 'complaint', 'question'] as const;

/** What a first inquiry shows that is worth a question before one says yes. */
export const INQUIRY_KINDS = [
  'blames_predecessor',
  'unpaid_work',
  'no_scope',
  'price_pressure',
  'rush',
  'round_the_clock',
  'no_contract',
  'overpayment',
  'flattery',
  'disrespect',
  'pays_after',
  'refuses_deposit',
  'off_record',
] as const;

/** What says that the writer will do something; a promise where a day stands beside it. */
export const PROMISE_KINDS = ['promise'] as const;

/** The writer tells, answers or rejects what others said: no kind of a sign, but words that are not the writer's own. */
export const RETOLD_KINDS = ['retold'] as const;

export type SignalKind = (typeof SIGNAL_KINDS)[number];
export type DraftKind = (typeof DRAFT_KINDS)[number];
export type NoteKind = (typeof NOTE_KINDS)[number];
export type AskKind = (typeof ASK_KINDS)[number];
export type InquiryKind = (typeof INQUIRY_KINDS)[number];
export type PromiseKind = (typeof PROMISE_KINDS)[number];
export type RetoldKind = (typeof RETOLD_KINDS)[number];
export type FindingKind =
  | SignalKind
  | DraftKind
  | NoteKind
  | AskKind
  | InquiryKind
  | PromiseKind
  | RetoldKind;

/** Languages that have packs. */
export type RuleLang = 'en' | 'ru' | 'fi';

/** How sure: below .5 low, below .8 possible, from there clear. */
export type Band = 'low' | 'possible' | 'clear';

export function bandOf(confidence: number): Band {
  if (confidence >= 0.8) return 'clear';
  return confidence >= 0.5 ? 'possible' : 'low';
}

/**
 * One thing seen in a text.
 *
 * @property start offset of the first UTF-16 code unit in the text as it was given; never inside a character
 * @property end offset behind the last one
 * @property quote the text between them, verbatim
 * @property confidence calibrated, 0…1
 * @property why the id of the rule, or `model:` and the words that weighed most
 * @property pack id and version of the pack or model that says so
 * @property level a draft's note is no warning; absent outside drafts
 * @property advice key of the phrase or question that helps, in the pack's phrases; null when there is none
 * @property instead words that can stand in its place as they are
 */
export type Finding<Kind extends FindingKind = FindingKind> = {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly confidence: number;
  readonly band: Band;
  readonly why: string;
  readonly pack: string;
  readonly engine: string;
  readonly level?: 'warning' | 'note';
  readonly advice?: string | null;
  readonly instead?: readonly string[];
};

/** Eight scores of one text, each calibrated to 0…1; null where a language has no model for it. */
export type Scores = {
  readonly toxicity: number | null;
  readonly insult: number | null;
  readonly threat: number | null;
  readonly obscene: number | null;
  readonly identity: number | null;
  readonly politeness: number | null;
  readonly complaint: number | null;
  readonly sarcasm: number | null;
};

/** The scores where no model speaks. */
export const NO_SCORES: Scores = {
  toxicity: null,
  insult: null,
  threat: null,
  obscene: null,
  identity: null,
  politeness: null,
  complaint: null,
  sarcasm: null,
};
