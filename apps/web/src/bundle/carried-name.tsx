import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { knownNameQuery, ourNamesQuery } from '../session/our-names.queries.ts';
import { t } from '../words/t.ts';

/** Which of our names stands on a bundle: the one they know, unless another is chosen and said to be meant. */
export function useCarried(party: string) {
  const known = useQuery(knownNameQuery(party)).data?.known?.name ?? null;
  const ours = useQuery(ourNamesQuery).data;
  const [chosen, setChosen] = useState<string | null>(null);
  const [isMeant, setMeant] = useState(false);
  const all = [
    ours?.workspace,
    ...(ours?.names ?? []).flatMap(({ name, isRetired }) => (isRetired ? [] : name)),
  ];
  const isOther = chosen !== null && chosen !== known;
  const order = isOther
    ? { carries: chosen, confirmedNames: [chosen] }
    : { carries: null, confirmedNames: [] as string[] };
  return {
    ...{ known, chosen, setChosen, isMeant, setMeant, isOther, order },
    names: [...new Set(all.filter((name): name is string => Boolean(name)))],
    isDecided: !isOther || isMeant,
  };
}

export function CarriedName({ carried }: { carried: ReturnType<typeof useCarried> }) {
  const { known, chosen, setChosen, isMeant, setMeant, isOther, names } = carried;
  if (known === null) return null;
  return (
    <div className="stack">
      <label className="bundle-zone">
        {t('bundle.carries')}
        <select
          value={chosen ?? known}
          onChange={(event) => {
            setChosen(event.currentTarget.value);
            setMeant(false);
          }}
        >
          {[...new Set([known, ...names])].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <span className="small quiet">{t('bundle.carriesWhy', { name: known })}</span>
      </label>
      {isOther && (
        <label className="notice">
          <input
            type="checkbox"
            checked={isMeant}
            onChange={(event) => setMeant(event.currentTarget.checked)}
          />{' '}
          {t('bundle.otherName', { knows: known, name: chosen ?? '' })}
        </label>
      )}
    </div>
  );
}
