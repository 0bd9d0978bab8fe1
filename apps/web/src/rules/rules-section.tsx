import type { FindingKind } from '@evenkeel/language/finding';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { kindWords } from '../language/kind-words.ts';
import { packsQuery, switchesQuery, switchRuleOff, switchRuleOn } from '../language/signals.queries.ts';
import { nameOfLanguage } from '../words/language.ts';
import { language, t } from '../words/t.ts';
import { RULE_TAGS, type RuleTag, rulesQuery } from './rules.queries.ts';

/** Every rule of a language with what it says and whence, and a switch that asks for a reason. */
export function RulesSection() {
  const [tag, setTag] = useState<RuleTag>(
    () => RULE_TAGS.find((each) => each === language.get().tag) ?? 'en',
  );
  const rules = useQuery({ ...rulesQuery(tag), throwOnError: true }).data;
  return (
    <section className="section">
      <h2 className="row">
        {t('rules.rules')}
        <span className="kind-chips">
          {RULE_TAGS.map((each) => (
            <button
              key={each}
              type="button"
              className="kind-chip small"
              aria-pressed={each === tag}
              onClick={() => setTag(each)}
            >
              {nameOfLanguage(each)}
            </button>
          ))}
        </span>
      </h2>
      <BrokenPacks />
      <ul className="sheet">
        {rules?.map((rule) => (
          <RuleLine
            key={rule.id}
            id={rule.id}
            kind={rule.kind}
            note={rule.note}
            isDraft={rule.level !== undefined}
          />
        ))}
      </ul>
    </section>
  );
}

/** A pack of one's own that cannot be used is named; the others work. */
function BrokenPacks() {
  const broken = useQuery(packsQuery).data?.broken ?? [];
  return broken.map(({ file, line, reason }) => (
    <p key={file + line} className="notice small">
      {line === null ? file : `${file}:${line}`}: {reason}
    </p>
  ));
}

type Rule = { id: string; kind: FindingKind; note: string; isDraft: boolean };

function RuleLine({ id, kind, note, isDraft }: Rule) {
  const off = useQuery(switchesQuery).data?.find((each) => each.rule === id && !each.onAt && !each.partyId);
  const [isAsking, setAsking] = useState(false);
  const turnOn = useMutation({ mutationFn: () => switchRuleOn(off!.id) });
  return (
    <li className="rule-line">
      <div className="row">
        <strong>{kindWords({ kind, ...(isDraft ? { level: 'note' as const } : {}) })}</strong>
        <span className="small quiet">{id}</span>
        {off ? (
          <button type="button" className="link-button small" onClick={() => turnOn.mutate()}>
            {t('rules.turnOn')}
          </button>
        ) : (
          <button type="button" className="link-button small" onClick={() => setAsking((now) => !now)}>
            {t('rules.turnOff')}
          </button>
        )}
      </div>
      <p className="small quiet">{off ? t('rules.offBecause', { reason: off.reason }) : note}</p>
      {isAsking && !off && <WhyOff rule={id} onDone={() => setAsking(false)} />}
    </li>
  );
}

function WhyOff({ rule, onDone }: { rule: string; onDone: () => void }) {
  const [reason, setReason] = useState('');
  const turnOff = useMutation({ mutationFn: () => switchRuleOff(rule, reason), onSuccess: onDone });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    turnOff.mutate();
  };
  return (
    <form className="settings-form" onSubmit={submit}>
      <label>
        {t('rules.reason')}
        <input
          className="rule-reason"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          required
        />
      </label>
      <button type="submit" className="action">
        {t('rules.turnOff')}
      </button>
    </form>
  );
}
