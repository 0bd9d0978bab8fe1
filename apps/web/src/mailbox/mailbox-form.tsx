import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Mailbox } from '../generated/types.gen.ts';
import { staying } from '../shell/staying.ts';
import { problemWords } from '../words/problem-words.ts';
import { named, t } from '../words/t.ts';
import { keepMailbox, tryOut } from './mailbox.queries.ts';
import { bodyOf, draftOf, imapOf, type MailboxDraft, secretsOf } from './mailbox-draft.ts';
import { WhoseMail } from './whose-mail.tsx';

type Given = { mailbox: Mailbox | null; onDone: () => void };
export type Change = (change: Partial<MailboxDraft>) => void;

/** How a mailbox is reached, and whose mail is taken. The password is sent once and never comes back. */
export function MailboxForm({ mailbox, onDone }: Given) {
  const [draft, setDraft] = useState(() => draftOf(mailbox));
  const change: Change = (part) => setDraft((before) => ({ ...before, ...part }));
  const id = mailbox?.id ?? null;
  const keeping = useMutation({ mutationFn: keepMailbox, onSuccess: onDone });
  const trying = useMutation({ mutationFn: tryOut });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keeping.mutate({ id, body: bodyOf(draft) });
  };
  const error = keeping.error ?? trying.error;
  return (
    <form className="sheet stack mailbox-form" onSubmit={submit}>
      <h2>{mailbox ? mailbox.address : t('mailbox.new')}</h2>
      {mailbox === null && (
        <Choice
          says={t('mailbox.kind')}
          value={draft.kind}
          of={['imap', 'receiving']}
          room="mailboxKind"
          onChange={(kind) => change({ kind })}
        />
      )}
      <Field says={t('mailbox.address')} value={draft.address} onChange={(address) => change({ address })} />
      {draft.kind === 'imap' ? (
        <ImapFields draft={draft} change={change} isKept={mailbox !== null} />
      ) : (
        <div className="row">
          <Choice
            says={t('mailbox.protocol')}
            value={draft.protocol}
            of={['smtp', 'lmtp']}
            room="mailProtocol"
            onChange={(protocol) => change({ protocol })}
          />
          <Field says={t('mailbox.port')} value={draft.port} onChange={(port) => change({ port })} isNumber />
        </div>
      )}
      <WhoseMail draft={draft} change={change} />
      <label className="row">
        <input
          type="checkbox"
          checked={draft.isOn}
          onChange={(event) => change({ isOn: event.currentTarget.checked })}
        />
        {t('mailbox.follow')}
      </label>
      {error && (
        <p className="notice" role="alert">
          {problemWords(error)}
        </p>
      )}
      {trying.data && !trying.isPending && (
        <p role="status">
          {t('mailbox.tried', { inbox: trying.data.inbox, sent: trying.data.sent ?? t('mailbox.noSent') })}
        </p>
      )}
      <div className="row">
        <button type="submit" className="action action-first" {...staying(keeping.isPending)}>
          {t('mailbox.keep')}
        </button>
        {draft.kind === 'imap' && (
          <button
            type="button"
            className="link-button"
            {...staying(trying.isPending)}
            onClick={() => trying.mutate({ id, settings: imapOf(draft), secrets: secretsOf(draft) })}
          >
            {trying.isPending ? t('mailbox.trying') : t('mailbox.try')}
          </button>
        )}
        <button type="button" className="link-button" onClick={onDone}>
          {t('mailbox.cancel')}
        </button>
      </div>
    </form>
  );
}

type Part = { draft: MailboxDraft; change: Change };

function ImapFields({ draft, change, isKept }: Part & { isKept: boolean }) {
  return (
    <>
      <ServerFields says={t('mailbox.imap')} of="imap" draft={draft} change={change} />
      <Choice
        says={t('mailbox.signIn')}
        value={draft.by}
        of={['password', 'oauth2']}
        room="mailSignIn"
        onChange={(by) => change({ by })}
      />
      <Field says={t('mailbox.user')} value={draft.user} onChange={(user) => change({ user })} />
      {draft.by === 'oauth2' && (
        <>
          <Field
            says={t('mailbox.tokenEndpoint')}
            value={draft.tokenEndpoint}
            onChange={(tokenEndpoint) => change({ tokenEndpoint })}
          />
          <Field
            says={t('mailbox.clientId')}
            value={draft.clientId}
            onChange={(clientId) => change({ clientId })}
          />
        </>
      )}
      <Field
        says={t(draft.by === 'password' ? 'mailbox.password' : 'mailbox.refreshToken')}
        value={draft.secret}
        onChange={(secret) => change({ secret })}
        isSecret
        hint={isKept ? t('mailbox.secretKept') : undefined}
      />
      <label className="row">
        <input
          type="checkbox"
          checked={draft.sends}
          onChange={(event) => change({ sends: event.currentTarget.checked })}
        />
        {t('mailbox.sends')}
      </label>
      {draft.sends && <ServerFields says={t('mailbox.smtp')} of="smtp" draft={draft} change={change} />}
    </>
  );
}

function ServerFields({ says, of, draft, change }: Part & { says: string; of: 'imap' | 'smtp' }) {
  const server = draft[of];
  const set = (part: Partial<typeof server>) => change({ [of]: { ...server, ...part } });
  return (
    <fieldset className="mailbox-server">
      <legend>{says}</legend>
      <Field says={t('mailbox.host')} value={server.host} onChange={(host) => set({ host })} />
      <Field says={t('mailbox.port')} value={server.port} onChange={(port) => set({ port })} isNumber />
      <Choice
        says={t('mailbox.security')}
        value={server.security}
        of={['tls', 'starttls', 'none']}
        room="mailSecurity"
        onChange={(security) => set({ security })}
      />
    </fieldset>
  );
}

type FieldGiven = {
  says: string;
  value: string;
  onChange: (value: string) => void;
  isSecret?: boolean;
  isNumber?: boolean;
  hint?: string | undefined;
};

function Field({ says, value, onChange, isSecret = false, isNumber = false, hint }: FieldGiven) {
  return (
    <label className="field">
      {says}
      <input
        type={isSecret ? 'password' : 'text'}
        inputMode={isNumber ? 'numeric' : 'text'}
        autoComplete={isSecret ? 'new-password' : 'off'}
        placeholder={hint}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}

type ChoiceGiven<T extends string> = {
  says: string;
  value: T;
  of: readonly T[];
  room: Parameters<typeof named>[0];
  onChange: (value: T) => void;
};

function Choice<T extends string>({ says, value, of, room, onChange }: ChoiceGiven<T>) {
  return (
    <label className="field">
      {says}
      <select value={value} onChange={(event) => onChange(event.currentTarget.value as T)}>
        {of.map((each) => (
          <option key={each} value={each}>
            {named(room, each)}
          </option>
        ))}
      </select>
    </label>
  );
}
