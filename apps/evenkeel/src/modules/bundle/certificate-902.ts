/** What the program can fill in of a certificate; the rest is blank, for the person who signs. Names are hostile. */
export type CertificateFacts = {
  /** The name that stands on the bundle. */
  readonly workspace: string;
  readonly party: string;
  readonly createdAt: string;
  readonly period: { readonly from: string | null; readonly to: string | null };
  readonly versions: {
    readonly program: string;
    readonly reader: number;
    readonly node: string;
    readonly database: string;
    readonly system: string;
  };
  readonly log: { readonly origin: string; readonly vkey: string; readonly checkpoint: string };
  readonly clock: ClockStatus;
  readonly exhibits: readonly {
    readonly bates: string;
    readonly fileName: string;
    readonly sizeBytes: number;
    /** 64 hex digits. */
    readonly sha256: string;
  }[];
};

/** What is known of the clock whose times stand in the log. */
export type ClockStatus = {
  /** Whether the operating system's time service says that the clock was set over the network; null where nobody knows. */
  readonly isSynchronised: true | null;
  /** The newest stamp of an outside authority, and when our clock says it came. */
  readonly stamp: {
    readonly authority: string;
    readonly stampedAt: string;
    readonly receivedAt: string;
  } | null;
};

const BLANK = '________________________________';
/** Beyond so many the list is in SHA256SUMS, which any program reads. */
const LISTED = 1_000;

/**
 * A certificate and a method statement as forms, unsigned: filled with what the program knows, blank where a person has
 * to speak. Neither says anything before somebody who knows the process has read, corrected and signed it. The statute's form is
 * English, so the text is; what it is stands there in the other languages too, whoever the reader may be.
 *
 * @source Federal Rules of Evidence 902(11), 902(13), 902(14); 28 U.S.C. § 1746
 */
export function certificateText(facts: CertificateFacts): string {
  return [
    introduction,
    witnessPart,
    recordPart(facts),
    methodPart(facts),
    copyPart(facts),
    clockPart(facts.clock),
    checkPart,
    limitPart,
    signature,
    annex(facts),
  ].join('\n\n');
}

const introduction = `CERTIFICATE OF A QUALIFIED PERSON, WITH A STATEMENT OF METHOD
A FORM. NOT SIGNED. NOBODY HAS MADE THESE STATEMENTS YET.

По-русски: незаполненный и неподписанный бланк заявления для федеральных судов США о том, как велась эта запись. Закон
задаёт его по-английски, поэтому действует английский текст.
Suomeksi: täyttämätön ja allekirjoittamaton lomake Yhdysvaltain liittovaltion tuomioistuimille siitä, miten tätä tallennetta on
pidetty. Laki antaa sen muodon englanniksi, joten englanninkielinen teksti ratkaisee.

What stands below was filled in by a program. It becomes somebody's statement when a person who knows how this record
was kept has read all of it, corrected it, filled every blank (${BLANK.slice(0, 8)}) and signed. A sentence that this
person cannot say of their own knowledge has to be struck out.

In the federal courts of the United States, rules 902(13) and 902(14) of the Rules of Evidence let such a certificate
take the place of a witness on one question only: whether a record made by an electronic process, or a copy of
electronic data, is what it is said to be. Whether its words are true, matter, or may be used at all stays open. The
other side has to be told in writing in good time, and has to be able to look at the record and at this certificate
(rule 902(11)). Other courts have other rules. Ask counsel before it is used.`;

const witnessPart = `1. WHO SPEAKS

1.1  My name is ${BLANK}.
1.2  My work is ${BLANK}.
1.3  I have worked with the record described below since ${BLANK}.
1.4  I know how it is kept because ${BLANK}.`;

function recordPart({ workspace, party, period, exhibits, createdAt }: CertificateFacts): string {
  return `2. THE RECORD

2.1  It is a record of correspondence between ${oneLine(workspace)} and ${oneLine(party)}.
2.2  Its ${exhibits.length} exhibit files run from ${period.from ?? 'a time that is not stated'} to ${period.to ?? 'a time that is not stated'}.
2.3  The bundle was made at ${createdAt}, by the clock of the machine it was made on.
2.4  The record was kept in the course of ${BLANK}
     and it was the usual practice there to keep it: ${BLANK}.`;
}

function methodPart({ versions, log }: CertificateFacts): string {
  const [origin = '', size = '', root = ''] = log.checkpoint.split('\n');
  return `3. THE PROCESS (rule 902(13))

3.1  The programs: Evenkeel ${versions.program} (reader of messages, version ${versions.reader}), Node.js ${versions.node},
     ${oneLine(versions.database)}, on ${oneLine(versions.system)}.
3.2  When a message or a file comes in, its bytes are stored as they came. A line is written to a log that is only ever
     added to. The line holds 69 bytes: a commitment (a SHA-256 value, blinded by a random value of its own) to what was
     recorded, and a tag that counts it among the entries of its stream.
3.3  All lines are the leaves of one hash tree (RFC 6962). The head of the tree is signed with Ed25519. A later head is
     signed only if it continues the one signed before.
3.4  What is read from the bytes (sender, time, words, attachments) is read by the program and can be read again by any
     other. Times are the ones that the sender, a server or a file stated; each entry of chronology.pdf names which.
3.5  What a person wrote down by hand (calls, meetings, notes) is marked so, with the time it was entered.
3.6  The log of this record is ${oneLine(origin || log.origin)}.
     Its head in this bundle: ${oneLine(size)} lines, root ${oneLine(root)}.
     Its public key: ${oneLine(log.vkey)}
3.7  In my experience this process gives an accurate result: ${BLANK}.
3.8  I know of these faults or interruptions in the period: ${BLANK}.`;
}

function copyPart({ exhibits }: CertificateFacts): string {
  return `4. THE COPIES (rule 902(14))

4.1  The ${exhibits.length} files in the folder exhibits/ were copied from the store by the program, byte for byte, as they
     were recorded. A file that is not the one the log holds is refused while the bundle is made.
4.2  Each is identified by its SHA-256 value. The values stand in the annex, in manifest.json and in SHA256SUMS.
4.3  chronology.pdf and the folder renditions/, where there is one, are copies for reading and no originals.
4.4  SHA-256 of manifest.json, which names every file, as I computed it with ${BLANK}
     on (date) ${BLANK}:
     ${BLANK}${BLANK}
4.5  SHA-256 of the zip file as I handed it over:
     ${BLANK}${BLANK}`;
}

function clockPart({ isSynchronised, stamp }: ClockStatus): string {
  const ntp = isSynchronised
    ? `When the bundle was made, the time service of the operating system said that the clock had been set over the
     network (NTP). By which servers, and how it stood at earlier times, is not known to the program.`
    : `Whether the clock was set over the network (NTP) is not known to the program. What I know of it: ${BLANK}.`;
  const outside = stamp
    ? `The newest time-stamp of an outside authority (${oneLine(stamp.authority)}) says ${stamp.stampedAt}; by our clock it
     came at ${stamp.receivedAt}, ${apart(stamp)}. The way over the network is part of that.`
    : 'No outside authority stamped this log, so nobody outside has confirmed its times.';
  return `5. THE CLOCK

5.1  ${ntp}
5.2  ${outside}`;
}

const checkPart = `6. WHAT I DID TO CHECK IT

6.1  I ran (strike out what was not done): "evenkeel bundle verify" · the steps of README.txt · verify.html
     on (date) ${BLANK}, with the log key that I had from ${BLANK}.
6.2  It said, on integrity: ${BLANK}
     on time bounds: ${BLANK}
     on completeness: ${BLANK}
6.3  I compared these exhibits with the messages as I know them: ${BLANK}.`;

const limitPart = `7. WHAT THIS DOES NOT SAY

7.1  That a file is in the log shows that it was not changed since its line was written. It does not show that what it
     says is true, nor, without an outside time-stamp, when the line was written.
7.2  Whoever holds the log and its key could have written another log before it was shown to anybody. A head that was
     handed out or stamped earlier would not fit to that one.
7.3  What was never brought into the record, or never filed under this party, is not in it. What was kept back or erased
     is counted in manifest.json, with the reason.`;

const signature = `I declare under penalty of perjury that the foregoing is true and correct.
(For the United States: 28 U.S.C. § 1746. Elsewhere use the words that the place asks for.)

Executed on (date) ${BLANK} at (place) ${BLANK}

Signature ${BLANK}`;

function annex({ exhibits }: CertificateFacts): string {
  const rows = exhibits
    .slice(0, LISTED)
    .map(
      ({ bates, fileName, sizeBytes, sha256 }) =>
        `${bates}  ${sha256}  ${sizeBytes} bytes  ${oneLine(fileName)}`,
    );
  const more =
    exhibits.length > LISTED
      ? [`The other ${exhibits.length - LISTED} files are listed in SHA256SUMS, in the folder exhibits/.`]
      : [];
  return `ANNEX: THE EXHIBITS, WITH THEIR SHA-256 VALUES\n\n${[...rows, ...more].join('\n')}\n`;
}

function apart({ stampedAt, receivedAt }: NonNullable<ClockStatus['stamp']>): string {
  const seconds = Math.round((Date.parse(receivedAt) - Date.parse(stampedAt)) / 1000);
  if (seconds === 0) return 'in the same second';
  const count = Math.abs(seconds) === 1 ? '1 second' : `${Math.abs(seconds)} seconds`;
  return seconds > 0 ? `${count} later` : `${count} earlier`;
}

/** A name must not add lines to the form. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
