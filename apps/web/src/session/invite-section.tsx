import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { problemWords } from '../words/problem-words.ts';
import { named, t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { InvitedNow } from './invited-now.tsx';
import { INVITED_AS, type Invitation, type InvitedRole, invite, withdraw } from './people.queries.ts';

type Given = { invitations: readonly Invitation[]; onChanged: () => Promise<unknown> };

/** Asks somebody in: a link that works once, handed over by a road of one's own. */
export function InviteSection({ invitations, onChanged }: Given) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<InvitedRole>('agent');
  const inviting = useMutation({ mutationFn: invite, onSuccess: onChanged });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    inviting.mutate({ name: name.trim(), role }, { onSuccess: () => setName('') });
  };
  const isOpen = inviting.data && invitations.some(({ id }) => id === inviting.data.id);
  return (
    <section className="us-section stack" aria-labelledby="people-invite">
      <h2 id="people-invite">{t('people.invite')}</h2>
      <p className="quiet small">{t('people.inviteWhat')}</p>
      <form className="us-form" onSubmit={submit}>
        <TextInput
          label={t('people.whom')}
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('people.as')}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as InvitedRole)}
          data={INVITED_AS.map((each) => ({ value: each, label: named('memberRole', each) }))}
        />
        <Button type="submit" loading={inviting.isPending}>
          {t('people.makeLink')}
        </Button>
      </form>
      <p className="small quiet">{named('memberRoleSays', role)}</p>
      {inviting.error && (
        <p className="notice" role="alert">
          {problemWords(inviting.error)}
        </p>
      )}
      {isOpen && <InvitedNow invited={inviting.data} />}
      <Waiting invitations={invitations} onChanged={onChanged} />
    </section>
  );
}

function Waiting({ invitations, onChanged }: Given) {
  const withdrawing = useMutation({ mutationFn: withdraw, onSuccess: onChanged });
  if (invitations.length === 0) return null;
  return (
    <>
      <h3>{t('people.waiting')}</h3>
      <ul className="us-names">
        {invitations.map(({ id, name, role, until }) => (
          <li key={id}>
            <strong>{name || t('people.nameless')}</strong>
            <span className="small quiet">
              {named('memberRole', role)} · {t('people.linkUntil', { at: momentOf(until) })}
            </span>
            <button type="button" className="action" onClick={() => withdrawing.mutate(id)}>
              {t('people.withdraw')}
            </button>
          </li>
        ))}
      </ul>
      {withdrawing.error && (
        <p className="notice" role="alert">
          {problemWords(withdrawing.error)}
        </p>
      )}
    </>
  );
}
