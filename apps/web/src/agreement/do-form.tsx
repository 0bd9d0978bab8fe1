import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { toast } from '../shell/toasts.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import './agreement.css';

type Doing = {
  /** What the button says. */
  says: string;
  act: () => Promise<unknown>;
  /** What is said when it is done. */
  doneSays: string;
  onDone: () => void;
  onCancel?: () => void;
  /** Why it cannot be done yet; the button says so. */
  lacks?: string | null;
  children: ReactNode;
};

/** A small form that does one thing, says what is wrong beside it, and goes away when it is done. */
export function DoForm({ says, act, doneSays, onDone, onCancel, lacks, children }: Doing) {
  const queries = useQueryClient();
  const doing = useMutation({
    mutationFn: act,
    onSuccess: async () => {
      toast(doneSays);
      onDone();
      await queries.invalidateQueries();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (!lacks) doing.mutate();
  };
  return (
    <form className="do-form stack" onSubmit={submit}>
      {children}
      {doing.error && (
        <p className="notice" role="alert">
          {problemWords(doing.error)}
        </p>
      )}
      {lacks && <p className="small quiet">{lacks}</p>}
      <div className="row">
        <Button type="submit" size="sm" loading={doing.isPending} disabled={Boolean(lacks)}>
          {says}
        </Button>
        {onCancel && (
          <button type="button" className="link-button" onClick={onCancel}>
            {t('paste.cancel')}
          </button>
        )}
      </div>
    </form>
  );
}

type Reason = Omit<Doing, 'act' | 'children' | 'lacks'> & {
  reason: string;
  onReason: (reason: string) => void;
  act: () => Promise<unknown>;
};

/** A form that asks only why. */
export function ReasonForm({ reason, onReason, ...doing }: Reason) {
  return (
    <DoForm {...doing} lacks={reason.trim() === '' ? t('form.reasonNeeded') : null}>
      <label>
        {t('form.reason')}
        <textarea rows={2} value={reason} onChange={(event) => onReason(event.currentTarget.value)} />
      </label>
    </DoForm>
  );
}
