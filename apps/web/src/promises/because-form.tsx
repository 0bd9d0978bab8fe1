import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import type { Cite, Side } from './promises.queries.ts';
import { WordsField } from './words-field.tsx';

export type Given = { reason: string; cites: Cite[] };

type Form = {
  partyId: string;
  says: string;
  /** Whose words it takes; null where a reason of ours is enough and words are welcome. */
  words: { side: Side | undefined; isNeeded: boolean } | null;
  isReasonNeeded: boolean;
  onGive: (given: Given) => Promise<unknown>;
  onDone: () => void;
  children?: ReactNode;
};

/** Why, and the words it rests on; then it is written down for good. */
export function BecauseForm({ partyId, says, words, isReasonNeeded, onGive, onDone, children }: Form) {
  const [reason, setReason] = useState('');
  const [marked, setMarked] = useState<{ side: Side | undefined; cite: Cite | null } | null>(null);
  const [isWording, setWording] = useState(words?.isNeeded ?? false);
  // Words that were marked for one side are not the other's.
  const cite = marked && marked.side === words?.side ? marked.cite : null;
  const giving = useMutation({
    mutationFn: () => onGive({ reason, cites: cite ? [cite] : [] }),
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    giving.mutate();
  };
  return (
    <form className="because stack" onSubmit={submit}>
      {children}
      {words && isWording && (
        <WordsField
          key={words.side}
          partyId={partyId}
          side={words.side}
          says={words.side ? t(`promise.words.${words.side}`) : t('promise.words.any')}
          cite={cite}
          onChange={(chosen) => setMarked({ side: words.side, cite: chosen })}
        />
      )}
      <Textarea
        label={isReasonNeeded && !cite ? t('promise.why') : t('promise.whyMore')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        autosize
        minRows={2}
        autoFocus={!isWording}
      />
      {giving.error && (
        <p className="notice" role="alert">
          {problemWords(giving.error)}
        </p>
      )}
      <div className="row">
        <Button type="submit" loading={giving.isPending}>
          {says}
        </Button>
        {words && !isWording && (
          <button type="button" className="link-button" onClick={() => setWording(true)}>
            {t('promise.showWords')}
          </button>
        )}
        <button type="button" className="link-button" onClick={onDone}>
          {t('promise.cancel')}
        </button>
      </div>
    </form>
  );
}
