import { NativeSelect, NumberInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { SendingRules } from '../generated/types.gen.ts';
import { useSession } from '../session/session.queries.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { rulesQuery, setRules } from './gate.queries.ts';

const SECOND: readonly SendingRules['second'][] = ['never', 'warnings', 'grave'];
const MOST_SEC = 120;
const MOST_MIN = 1440;

/** What letters wait for before they leave: said by the owner or a manager, seen by all. */
export function SendingRulesSection() {
  const { data: rules } = useQuery(rulesQuery);
  const changing = useMutation({ mutationFn: setRules });
  const role = useSession().data?.member?.role;
  const isOurs = role === 'owner' || role === 'manager';
  if (!rules) return null;
  const change = (more: Partial<SendingRules>) => {
    const wanted = { ...rules, ...more };
    if (JSON.stringify(wanted) !== JSON.stringify(rules)) changing.mutate(wanted);
  };
  return (
    <section className="sheet mailbox-form stack" aria-labelledby="sending-rules">
      <h2 id="sending-rules">{t('gate.rules')}</h2>
      <p className="small quiet">{t(isOurs ? 'gate.rulesWhat' : 'gate.rulesNotYours')}</p>
      <NumberInput
        label={t('gate.undoSec')}
        min={0}
        max={MOST_SEC}
        allowDecimal={false}
        disabled={!isOurs}
        defaultValue={rules.undoSec}
        onBlur={(event) => change({ undoSec: within(event.currentTarget.value, MOST_SEC, rules.undoSec) })}
      />
      <NumberInput
        label={t('gate.coolingMin')}
        description={t('gate.coolingWhy')}
        min={0}
        max={MOST_MIN}
        allowDecimal={false}
        disabled={!isOurs}
        defaultValue={rules.coolingMin}
        onBlur={(event) =>
          change({ coolingMin: within(event.currentTarget.value, MOST_MIN, rules.coolingMin) })
        }
      />
      <NativeSelect
        label={t('gate.second')}
        disabled={!isOurs}
        value={rules.second}
        onChange={(event) => change({ second: event.currentTarget.value as SendingRules['second'] })}
        data={SECOND.map((each) => ({ value: each, label: t(`gate.second.${each}`) }))}
      />
      {changing.error && (
        <p className="notice" role="alert">
          {problemWords(changing.error)}
        </p>
      )}
    </section>
  );
}

/** What was typed, within the bounds; what is no number changes nothing. */
function within(typed: string, most: number, before: number): number {
  const value = Number.parseInt(typed, 10);
  return Number.isNaN(value) ? before : Math.min(most, Math.max(0, value));
}
