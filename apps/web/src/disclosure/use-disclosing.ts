import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Choice, type DisclosingItem, disclosingQuery, type Kind } from './disclosure.queries.ts';

const nothing = <K>(): ReadonlyMap<K, Choice> => new Map();

/**
 * What a bundle would give away and what was chosen about it: one choice for each kind of thing, and the files that are an
 * exception. Where nothing is kept apart, all is sent unless withheld.
 */
export function useDisclosing(party: string, exhibits: readonly string[] | null) {
  const isEmpty = exhibits?.length === 0;
  const { data: found, isError } = useQuery({ ...disclosingQuery(party, exhibits), enabled: !isEmpty });
  const [byKind, setByKind] = useState(nothing<Kind>);
  const [apart, setApart] = useState(nothing<string>);
  const items = found?.items ?? [];
  const usual = found?.isGuarded ? undefined : 'send';
  const choiceOf = ({ interactionId, found: all }: DisclosingItem): Choice | undefined => {
    const each = all.map(({ kind }) => byKind.get(kind) ?? usual);
    // A file goes as a whole: one thing in it that stays here keeps all of it.
    const whole = each.includes('withhold') ? 'withhold' : each.includes(undefined) ? undefined : 'send';
    return apart.get(interactionId) ?? whole;
  };
  const those = (wanted: Choice) => [...apart].filter(([, choice]) => choice === wanted).map(([id]) => id);
  return {
    found,
    choiceOf,
    kindOf: (kind: Kind) => byKind.get(kind) ?? usual,
    chooseKinds: (kinds: readonly Kind[], choice: Choice) => {
      setByKind((before) => new Map([...before, ...kinds.map((kind) => [kind, choice] as const)]));
      if (kinds.length > 1) setApart(nothing());
    },
    chooseOne: (id: string, choice: Choice) => setApart((before) => new Map([...before, [id, choice]])),
    isDecided: isError || (found !== undefined && items.every((item) => choiceOf(item) !== undefined)),
    disclosure: { kinds: Object.fromEntries(byKind), send: those('send'), withhold: those('withhold') },
  };
}

export type Deciding = ReturnType<typeof useDisclosing>;
