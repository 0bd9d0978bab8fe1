import { useMutation, useQuery } from '@tanstack/react-query';
import type { Sending } from '../generated/types.gen.ts';
import { staying } from '../shell/staying.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { sendingsQuery, settle } from './mailbox.queries.ts';

/** What became of a mail of ours: taken by a server, delivered, opened. Each is said by somebody else, and apart. */
export function SendingList({ of }: { of: { procedure?: string; interaction?: string } }) {
  const { data } = useQuery(sendingsQuery(of));
  return data?.items.map((sending) => <SendingView key={sending.id} sending={sending} />);
}

function SendingView({ sending }: { sending: Sending }) {
  const { id, state, to, reply, endedAt, begunAt, reports, transcript, asksDelivery } = sending;
  const settling = useMutation({ mutationFn: settle });
  return (
    <section className="sending">
      <h2>{t('sending.title')}</h2>
      <ul>
        <li>
          {t(`sending.state.${state}`, { to })}{' '}
          <span className="quiet small">{momentOf(endedAt ?? begunAt)}</span>
          {reply && <span className="mono small"> {reply}</span>}
        </li>
        {reports.map(({ became, at, recipient, diagnostic }) => (
          <li key={`${at} ${became} ${recipient}`}>
            {t(`sending.became.${became}`, { recipient: recipient ?? to })}{' '}
            <span className="quiet small">{momentOf(at)}</span>
            {diagnostic && <span className="mono small"> {diagnostic}</span>}
          </li>
        ))}
      </ul>
      {state === 'accepted' && reports.length === 0 && (
        <p className="small quiet">{t(asksDelivery ? 'sending.waits' : 'sending.noReports')}</p>
      )}
      {state === 'unclear' && (
        <div className="row">
          <button
            type="button"
            className="action"
            {...staying(settling.isPending)}
            onClick={() => settling.mutate({ id, wasSent: true })}
          >
            {t('sending.wasSent')}
          </button>
          <button
            type="button"
            className="link-button"
            {...staying(settling.isPending)}
            onClick={() => settling.mutate({ id, wasSent: false })}
          >
            {t('sending.wasNot')}
          </button>
        </div>
      )}
      {settling.error && <p className="notice">{problemWords(settling.error)}</p>}
      {transcript.length > 0 && (
        <details>
          <summary>{t('sending.transcript')}</summary>
          <pre className="mono small note">
            {transcript.map(({ by, text }) => `${by === 'us' ? '→' : '←'} ${text}`).join('\n')}
          </pre>
        </details>
      )}
    </section>
  );
}
