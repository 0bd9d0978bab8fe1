import { TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { KeyCap } from '../shell/key-cap.tsx';
import { useKeys } from '../shell/keys.ts';
import { staying } from '../shell/staying.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { changeMark, markOne, type PrivilegeWish, privilegeQuery } from './apart.queries.ts';
import { PrivilegeFields } from './privilege-fields.tsx';
import './apart.css';

type Change = 'lift' | 'waive' | 'end-waiver';

/** Whether this record stays with us: said in one line, and changed by `y`. */
export function PrivilegeMark({ id }: { id: string }) {
  const mark = useQuery(privilegeQuery(id)).data ?? null;
  const [isOpen, setOpen] = useState(false);
  useKeys([{ keys: 'y', says: 'keys.apart', run: () => setOpen((now) => !now) }]);
  const close = () => setOpen(false);
  return (
    <div className="privilege-mark small">
      {mark && (
        <p className="notice">
          {t(mark.waived ? 'apart.markedWaived' : 'apart.marked', { kind: t(`apart.kind.${mark.kind}`) })}{' '}
          {mark.basis !== '' && `${mark.basis}. `}
          {mark.waived && t('apart.waivedOn', { date: dateOf(mark.waived.at), reason: mark.waived.reason })}
        </p>
      )}
      <button type="button" className="link-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t(mark ? 'apart.change' : 'apart.mark')} <KeyCap says="y" />
      </button>
      {isOpen && !mark && <MarkForm id={id} onDone={close} />}
      {isOpen && mark && <ChangeForm id={id} isWaived={mark.waived !== null} onDone={close} />}
    </div>
  );
}

function MarkForm({ id, onDone }: { id: string; onDone: () => void }) {
  const [wish, setWish] = useState<PrivilegeWish | null>({ kind: 'counsel', basis: '' });
  const queries = useQueryClient();
  const marking = useMutation({
    mutationFn: (chosen: PrivilegeWish) => markOne(id, chosen),
    onSuccess: () => {
      onDone();
      return queries.invalidateQueries();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wish) marking.mutate(wish);
  };
  return (
    <form className="sheet stack privilege-form" onSubmit={submit}>
      <PrivilegeFields says={t('apart.why')} value={wish} onChange={setWish} />
      {marking.error && (
        <p className="notice" role="alert">
          {problemWords(marking.error)}
        </p>
      )}
      <div className="row">
        <button type="submit" className="action" disabled={!wish} {...staying(marking.isPending)}>
          {t('apart.markNow')}
        </button>
        <button type="button" className="link-button" onClick={onDone}>
          {t('apart.cancel')}
        </button>
      </div>
    </form>
  );
}

function ChangeForm({ id, isWaived, onDone }: { id: string; isWaived: boolean; onDone: () => void }) {
  const [reason, setReason] = useState('');
  const queries = useQueryClient();
  const changing = useMutation({
    mutationFn: (change: Change) => changeMark(id, change, reason),
    onSuccess: () => {
      onDone();
      return queries.invalidateQueries();
    },
  });
  const choices: readonly Change[] = [isWaived ? 'end-waiver' : 'waive', 'lift'];
  return (
    <div className="sheet stack privilege-form">
      <p className="quiet">{t('apart.changeWhy')}</p>
      <TextInput
        label={t('apart.reason')}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {changing.error && (
        <p className="notice" role="alert">
          {problemWords(changing.error)}
        </p>
      )}
      <div className="row">
        {choices.map((change) => (
          <button
            key={change}
            type="button"
            className="action"
            disabled={reason.trim() === ''}
            {...staying(changing.isPending)}
            onClick={() => changing.mutate(change)}
          >
            {t(`apart.${change}`)}
          </button>
        ))}
        <button type="button" className="link-button" onClick={onDone}>
          {t('apart.cancel')}
        </button>
      </div>
    </div>
  );
}
