import { Link } from '@tanstack/react-router';
import type { Procedure } from '../generated/types.gen.ts';
import { LetterDone } from '../mailbox/letter-done.tsx';
import { useWho } from '../session/who.ts';
import { named, t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { inReaders } from './in-three.ts';
import { ProofForm } from './proof-form.tsx';

type Step = Procedure['steps'][number];

/** Each step with who did it, when and why; those to come are there too. */
export function StepList({ procedure, partyId }: { procedure: Procedure; partyId: string }) {
  return (
    <ol className="sheet procedure-steps" aria-label={t('procedure.steps')}>
      {procedure.steps.map((step) => (
        <li
          key={step.id}
          className="procedure-step"
          data-state={step.state}
          aria-current={step.state === 'now' ? 'step' : undefined}
        >
          <span className="procedure-step-title">{inReaders(step.title)}</span>
          <span className="small quiet">{named('stepState', step.state)}</span>
          {step.visits.map((visit) => (
            <VisitLine key={visit.visit} step={step} visit={visit} partyId={partyId} />
          ))}
          {procedure.letters
            .filter(({ letter }) => letter === step.letter)
            .map((letter) => (
              <LetterLine key={letter.id} procedureId={procedure.id} letter={letter} partyId={partyId} />
            ))}
        </li>
      ))}
    </ol>
  );
}

type Visited = { step: Step; visit: Step['visits'][number]; partyId: string };

function VisitLine({ step, visit: { done, because }, partyId }: Visited) {
  const who = useWho();
  const chosen = step.choices.find(({ id }) => id === done?.choice);
  if (!done && !because) return null;
  return (
    <div className="small procedure-visit">
      {because && (
        <Link to="/clients/$partyId/interactions/$interactionId" params={{ partyId, interactionId: because }}>
          {t('procedure.reply')}
        </Link>
      )}
      {done && (
        <>
          {chosen && <div>{inReaders(chosen.title)}</div>}
          {done.reason && <div>{done.reason}</div>}
          {done.second && <div>{t('procedure.second', { who: done.second.who })}</div>}
          <span className="quiet">
            {done.actor === 'clock' ? t('procedure.byClock') : who(done.actor)}, {momentOf(done.at)}
          </span>
        </>
      )}
    </div>
  );
}

type Lettered = { procedureId: string; letter: Procedure['letters'][number]; partyId: string };

function LetterLine({ procedureId, letter, partyId }: Lettered) {
  const { title, handedOverAt, interactionId, finishedAt, proofId } = letter;
  if (!handedOverAt || !interactionId)
    return (
      <div className="small quiet">
        {t('procedure.finished', { what: inReaders(title), at: momentOf(finishedAt) })}
      </div>
    );
  return (
    <div className="small">
      <Link to="/clients/$partyId/interactions/$interactionId" params={{ partyId, interactionId }}>
        {inReaders(title)}
      </Link>
      <span className="quiet"> {t('procedure.sentAt', { at: momentOf(handedOverAt) })}</span>
      <LetterDone procedure={procedureId} letter={letter.letter} />
      {proofId ? (
        <div>
          <Link
            to="/clients/$partyId/interactions/$interactionId"
            params={{ partyId, interactionId: proofId }}
          >
            {t('letter.proved')}
          </Link>
        </div>
      ) : (
        <ProofForm procedureId={procedureId} letter={letter.letter} />
      )}
    </div>
  );
}
