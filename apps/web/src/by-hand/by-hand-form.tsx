import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import type { PrivilegeWish } from '../apart/apart.queries.ts';
import { PrivilegeFields } from '../apart/privilege-fields.tsx';
import type { InteractionInPlace } from '../api/shapes.ts';
import { partiesQuery } from '../clients/clients.queries.ts';
import { clockNow } from '../words/clock.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { placesQuery } from './by-hand.queries.ts';
import { askedOf, isRecording } from './consent.ts';
import { ConsentFields } from './consent-fields.tsx';
import { distance } from './distance.ts';
import { keepDraft, keptDraft } from './draft.store.ts';
import {
  type Change,
  type Draft,
  emptyDraft,
  faultsIn,
  hasWords,
  type Kind,
  lateBy,
  sameEvent,
} from './draft.ts';
import { FileFields } from './file-fields.tsx';
import type { Kept } from './recorded.tsx';
import { useKeeping } from './use-keeping.ts';
import { WhatFields } from './what-fields.tsx';
import { WhenFields } from './when-fields.tsx';
import { WhoFields } from './who-fields.tsx';

type Given = {
  kind: Kind;
  who: string;
  /** The record that this one corrects. */
  corrected: InteractionInPlace | null;
  draftKey: string;
  onKept: (kept: Kept) => void;
};

/** One thing that happened, in one hand: who, when, how long, what, their words, what came of it. */
export function ByHandForm({ kind, who, corrected, draftKey, onKept }: Given) {
  const [draft, setDraft] = useState<Draft>(() => startWith(draftKey, kind, who, corrected));
  const [files, setFiles] = useState<readonly File[]>([]);
  const [isTried, setTried] = useState(false);
  const [privilege, setPrivilege] = useState<PrivilegeWish | null>(null);
  const now = useMinute();
  const known = useQuery(partiesQuery(draft.who, 20)).data?.items ?? [];
  const places = useQuery(placesQuery).data;
  const keeping = useKeeping({
    ...{ draft, files, known, privilege, draftKey, onKept },
    corrects: corrected?.row.id ?? null,
  });
  const change: Change = (part) => setDraft((before) => ({ ...before, ...part }));
  useEffect(() => keepDraft(draftKey, draft), [draftKey, draft]);

  const faults = faultsIn(draft, now);
  const hasRecording = files.some(isRecording);
  const asked = askedOf(places?.items ?? [], draft.on);
  const isBlocked = faults.size > 0 || (hasRecording && !asked.isEnough);
  const late = faults.has('noTime') ? null : lateBy(draft, now);
  const choose = (chosen: readonly File[]) => {
    setFiles(chosen);
    change({ fileNames: chosen.map(({ name }) => name) });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isBlocked) keeping.mutate();
  };
  const shown = isTried ? faults : new Set([...faults].filter((fault) => fault === 'future'));
  return (
    <form className="stack by-hand-form" onSubmit={submit} noValidate>
      <WhoFields draft={draft} change={change} known={known} faults={shown} />
      <WhenFields draft={draft} change={change} now={now} faults={shown} />
      <WhatFields draft={draft} change={change} faults={shown} />
      <FileFields draft={draft} files={files} onChoose={choose} limit={places?.limit} />
      {hasRecording && places && (
        <ConsentFields draft={draft} change={change} places={places.items} asked={asked} isTried={isTried} />
      )}
      <PrivilegeFields says={t('apart.ofThis')} value={privilege} onChange={setPrivilege} />
      <div className="by-hand-foot">
        {late !== null && (
          <p className="notice by-hand-late" role="status">
            {t('byhand.willBeLate', { by: distance(late) })}
          </p>
        )}
        {keeping.error && (
          <p className="notice" role="alert">
            {problemWords(keeping.error)}
          </p>
        )}
        <Button type="submit" size="lg" fullWidth loading={keeping.isPending}>
          {t('byhand.keep')}
        </Button>
        {keeping.isPending && keeping.share !== null && (
          <progress className="by-hand-progress" value={keeping.share} aria-label={t('byhand.sending')} />
        )}
        {isTried && isBlocked && (
          <p className="small" role="alert">
            {t('byhand.somethingMissing')}
          </p>
        )}
      </div>
    </form>
  );
}

/** What was typed before a reload goes on, unless another client was asked for. A correction is of the same event. */
function startWith(key: string, kind: Kind, who: string, corrected: InteractionInPlace | null): Draft {
  const kept = keptDraft(key);
  const isSame = kept && hasWords(kept) && (who === '' || kept.who === '' || kept.who === who);
  if (isSame) return { ...kept, who: kept.who || who };
  return { ...emptyDraft(kind, who), ...(corrected && sameEvent(corrected)) };
}

const MINUTE_MS = 60_000;

/** The time, by the minute: "just now" moves while one types. */
function useMinute(): Date {
  const [now, setNow] = useState(() => clockNow());
  useEffect(() => {
    const ticking = setInterval(() => setNow(clockNow()), MINUTE_MS / 4);
    return () => clearInterval(ticking);
  }, []);
  return now;
}
