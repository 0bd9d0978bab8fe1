import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { staying } from '../shell/staying.ts';
import { problemWords } from '../words/problem-words.ts';
import { named, t } from '../words/t.ts';
import { changeRole, end, INVITED_AS, type InvitedRole, type Person } from './people.queries.ts';
import { useSession } from './session.queries.ts';

type Given = { person: Person; onChanged: () => Promise<unknown> };

/** One who works here: what they may do, and how that ends. */
export function PersonLine({ person: { id, name, role }, onChanged }: Given) {
  const [isEnding, setEnding] = useState(false);
  const isMe = useSession().data?.member?.id === id;
  const giving = useMutation({ mutationFn: changeRole, onSuccess: onChanged });
  const roles: readonly string[] = INVITED_AS.some((each) => each === role)
    ? INVITED_AS
    : [role, ...INVITED_AS];
  return (
    <li>
      <strong>
        {name} {isMe && <span className="small quiet">{t('people.you')}</span>}
      </strong>
      {role === 'counsel' ? (
        <span className="small quiet">{t('counsel.ofCase')}</span>
      ) : (
        <select
          aria-label={t('people.roleOf', { name })}
          value={role}
          {...staying(giving.isPending)}
          onChange={(event) => giving.mutate({ id, role: event.currentTarget.value as InvitedRole })}
        >
          {roles.map((each) => (
            <option key={each} value={each}>
              {named('memberRole', each)}
            </option>
          ))}
        </select>
      )}
      <button type="button" className="action" aria-expanded={isEnding} onClick={() => setEnding(!isEnding)}>
        {t('people.end')}
      </button>
      {giving.error && (
        <p className="notice" role="alert">
          {problemWords(giving.error)}
        </p>
      )}
      {isEnding && <EndForm id={id} name={name} onEnded={onChanged} />}
    </li>
  );
}

function EndForm({ id, name, onEnded }: { id: string; name: string; onEnded: () => Promise<unknown> }) {
  const ending = useMutation({ mutationFn: end, onSuccess: onEnded });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    ending.mutate({ id, reason: String(new FormData(event.currentTarget).get('reason')) });
  };
  return (
    <form className="people-end stack" onSubmit={submit}>
      <p className="small">{t('people.endSays', { name })}</p>
      <label className="field">
        {t('people.reason')}
        <input name="reason" maxLength={2000} required />
      </label>
      {ending.error && (
        <p className="notice" role="alert">
          {problemWords(ending.error)}
        </p>
      )}
      <button type="submit" className="action" {...staying(ending.isPending)}>
        {t('people.endNow', { name })}
      </button>
    </form>
  );
}
