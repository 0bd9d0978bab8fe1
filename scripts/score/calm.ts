import { checkDraft, type Engine, readSignals, scoresOf } from '@evenkeel/language/engine';
import { rowsOf } from './data.ts';
import { tableOf } from './figures.ts';
import type { Flagger } from './peers.ts';

const SETS = ['en_benign_support_chat', 'en_business_email_sentences'] as const;
/** Kinds that would accuse somebody; a refund or a question of law in a calm message is no false alarm. */
const ACCUSING = new Set([
  'hostility',
  'accusation',
  'legal_threat',
  'public_threat',
  'exposure_threat',
  'physical_threat',
  'self_harm',
  'sexual_remark',
  'identity_attack',
  'profanity',
]);

/** How many of a thousand calm messages are flagged, by us and by what others use. */
export function calmTable(engine: Engine, peers: readonly Flagger[]): string {
  const ours: readonly Flagger[] = [
    {
      name: 'ours: hostile or threatening',
      flags: (text) => readSignals(engine, text).findings.some(({ kind }) => ACCUSING.has(kind)),
    },
    {
      name: 'ours: legal threat',
      flags: (text) => readSignals(engine, text).findings.some(({ kind }) => kind === 'legal_threat'),
    },
    { name: 'ours: any signal', flags: (text) => readSignals(engine, text).findings.length > 0 },
    { name: 'ours: toxicity ≥ .5', flags: (text) => (scoresOf(engine, text).toxicity ?? 0) >= 0.5 },
    {
      name: 'ours: draft warning',
      flags: (text) => checkDraft(engine, text).findings.some(({ level }) => level === 'warning'),
    },
  ];
  const sets = SETS.map(rowsOf);
  return tableOf(
    ['flagged per 1,000', ...SETS],
    [...ours, ...peers].map(({ name, flags }) => [
      name,
      ...sets.map((rows) =>
        ((1000 * rows.filter(({ text }) => flags(text)).length) / rows.length).toFixed(1),
      ),
    ]),
  );
}
