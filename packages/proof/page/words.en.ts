import type { BundleErrorCode } from '../src/bundle-format.ts';
import type { IntegrityCode, StreamGap } from '../src/verify-report.ts';

type Codes = Record<IntegrityCode | StreamGap['code'] | Refused, string>;
type Refused = Exclude<BundleErrorCode, 'exhibit-changed' | 'exhibit-without-entry'> | OfThePage;
type OfThePage = 'bad-roots' | 'bad-policy' | 'unreadable' | 'broken';

export const en = {
  title: 'Check a bundle',
  languages: 'Language',
  lead: 'This page checks an evidence bundle on your own machine. It has no access to a network, and opens none of the bundle’s documents.',
  elsewhere:
    'Did you take this page out of the bundle itself? Then whoever made the bundle could have made the page. Better get verify.html from the project, and compare its SHA-256.',
  keyAsk: 'Which log key do you expect?',
  keyHint:
    'One line that you were given by another road than the bundle: on paper, by telephone, in an earlier letter. If you have none, leave it empty; then it is only shown that the bundle agrees with itself.',
  rootsAsk: 'Whom do you trust to tell the time? (optional)',
  rootsHint:
    'Root certificates of time-stamp authorities, got from the authorities themselves. Without them time-stamps are counted and bound nothing.',
  rootsLabel: 'Certificates (PEM)',
  keptAsk: 'Did you keep a signed head of this log, or a policy? (optional)',
  headHint:
    'A head is a short signed text that was handed to you earlier. The history in the bundle must go through it: that shows whether a log was written anew.',
  headLabel: 'Signed head (checkpoint)',
  policyHint:
    'A policy is a text that names the logs and witnesses that you trust, and how many of these must have seen the log (tlog-policy). Make it yourself: the policy.txt of a bundle is the word of whoever made the bundle.',
  policyLabel: 'Policy',
  takeFile: 'Take from a file …',
  headAgrees: 'The head that you kept, of {size} lines, is one of this log.',
  headNot: 'The head that you kept, of {size} lines, is NOT one of this log.',
  headLater: 'The head that you kept, of {size} lines, is later than this bundle, and was not compared.',
  quorumYes:
    'As many of the witnesses that you trust as your policy asks for saw the log up to the last exhibit.',
  quorumPart:
    'As many of the witnesses that you trust as your policy asks for saw the first {size} lines of the log, but not all exhibits.',
  quorumNo: 'Your policy asks for more witnesses that you trust than saw this log.',
  witnessTrusted: 'A witness that you trust saw the log of {size} lines at {at}:',
  bundle: 'The bundle',
  zipChoose: 'Choose the zip …',
  folderChoose: 'Choose the unpacked folder …',
  dropHere:
    'Or drop the zip anywhere on this page. For a folder your browser may speak of uploading: nothing leaves this machine.',
  dropFolder: 'To check an unpacked folder, choose it with its button.',
  again: 'Check again',
  stop: 'Stop',
  progress: 'Progress',
  reading: 'Reading {name}: {done} of {all}',
  following: 'Following each exhibit to the signed log …',
  folderName: 'the folder, {count} files',
  result: 'Result',
  resultOf: 'Result for {name}',
  refusedTitle: 'This could not be checked',
  refusedSays: 'The program says',
  checkedIn: 'Checked in {seconds} s, on this machine.',
  leftOut: 'Files that your system put into the folder were not looked at: {count}.',
  unchanged: 'Is it unchanged?',
  unchangedExpected:
    'Yes. Every file is the one that the signed log holds, and the key is the one you expect.',
  unchangedItself: 'It agrees with itself. Every file is the one that the signed log holds.',
  unchangedItselfWhy:
    'You named no key. Anybody could have made such a bundle with a key of their own: compare the key below with one that you were given by another road.',
  unchangedNot: 'No. What does not hold: {count}',
  unchangedNotWhy:
    'Each line names the file at fault. Do not rely on what is named; ask for the bundle again, just as it was made.',
  theZip: 'the zip itself',
  moreFaults: 'And {count} more; all of them are in the report for programs.',
  keyIn: 'Log key in the bundle',
  keySame: 'the key you expect',
  keyOther: 'NOT the key you expect',
  keyOpen: 'not compared: none was named',
  keyNone: 'none',
  keyChanged: 'In line {index} the log was handed over to this key:',
  when: 'When was it written down?',
  whenBetween: 'Not earlier than {from}, and not later than {to}.',
  whenLater: 'Not later than {to}.',
  whenEarlier: 'Not earlier than {from}.',
  whenUnbounded: 'Time-stamps hold, but they do not bound all exhibits.',
  whenBoundWhy:
    'Authorities that you trust stamped the log before or after the line of each exhibit was written.',
  whenNone: 'Not shown. No authority outside has confirmed any time.',
  whenNoneWhy:
    'The times in the documents are those that senders, servers and whoever made the bundle stated.',
  whenOpen: 'Not weighed. Time-stamps in the bundle: {count}',
  whenOpenWhy: 'Name above whom you trust to tell the time, then check again.',
  whenNot: 'Time-stamps do not hold: {count}',
  stampedAt: 'Stamped at (UTC)',
  stampedBy: 'By',
  stampedSize: 'Covers lines',
  witnessed: 'A witness says that at {at} it saw the log of {size} lines; not weighed here:',
  inBlock:
    'The log of {size} lines is said to be in block {height}; compare its Merkle root with any copy of the chain:',
  complete: 'Is anything left out?',
  completeYes: 'No. Every number of the record about this party is accounted for.',
  completeYesWhy:
    'What was kept back or erased is counted below. What was never filed under this party is outside this proof.',
  completeNo: 'Yes. Numbers that are not accounted for: {count}',
  completeNone: 'Not shown. The bundle opens no numbered record.',
  numbers: 'Numbers',
  exhibited: 'Shown',
  withheld: 'Kept back',
  erased: 'Erased',
  missing: 'Missing',
  number: 'Number {number}',
  says: 'What the bundle says of itself',
  saysBroken: 'The bundle does not hold as a whole: take these as claims.',
  party: 'Party',
  period: 'Period',
  periodOpen: 'not stated',
  madeAt: 'Made at',
  log: 'Log',
  exhibits: 'Exhibits',
  lines: 'Lines of the log',
  keptBack: 'Kept back, by reason',
  not: 'What no check shows',
  notWhy:
    'Who wrote a message, whether its words are true, whether a sender’s clock was right, and whether the record holds everything that happened.',
  json: 'The report for programs (JSON)',
  jsonSave: 'Save it',
};

export const enCodes: Codes = {
  'unsafe-container': 'The zip has paths that could leave their folder, or is not as we write it.',
  'changed-header': 'The zip’s own note about the file was changed.',
  'changed-bytes': 'The file is not the one that was packed.',
  'too-large': 'The file is too large to be read.',
  'missing-file': 'The file is not there.',
  'unlisted-file': 'The file does not belong to this bundle.',
  malformed: 'The file does not have the form it must have.',
  'wrong-sum': 'SHA256SUMS and the files differ.',
  'unexpected-key': 'Another key signed it than the one you expect.',
  'bad-key': 'The key in the bundle is none, or not the one that the manifest names.',
  'bad-checkpoint': 'The signature under the log’s head does not hold.',
  'wrong-root': 'The lines of the log do not add up to its signed head.',
  'wrong-leaf': 'The entry is not the line of the log that it claims to be.',
  'wrong-envelope': 'The line of the log was not made from these words.',
  'wrong-object': 'The exhibit is not the file that the log holds.',
  'wrong-tag': 'The entry has another number in the record than it claims.',
  'wrong-proof': 'The proof does not lead to the signed head.',
  'unproven-exhibit': 'No entry of the log leads to this exhibit.',
  'wrong-seal': 'This is not the manifest that the log recorded when the bundle was made.',
  'wrong-stamp': 'The time-stamp does not hold, or nobody vouches for it whom you trust.',
  'wrong-key-change': 'The change to another key was not signed as it must be.',
  'other-history': 'The log tells another history than the one that was signed before.',
  'no-leaf': 'No line of the log has this number.',
  'two-leaves': 'Two lines of the log have this number.',
  'beyond-the-end': 'The log has a higher number than the bundle says is the last.',
  'not-opened': 'It is neither shown, nor named as kept back or erased.',
  'no-exhibit': 'Its exhibit is not there.',
  'not-a-zip': 'This file is no zip. Choose the zip just as it was handed to you.',
  'truncated-zip': 'The zip is cut off. Get the file again.',
  'repacked-zip':
    'The zip was packed again, so it is no longer the one that was made. Get it just as it was made, or choose the unpacked folder.',
  'not-a-bundle':
    'This is no evidence bundle: it has no manifest. Choose the bundle’s zip, or its whole folder.',
  'newer-format': 'The bundle is of a newer format than this page knows. Get a newer page.',
  'unknown-format': 'The bundle says a format that there never was. Get the file again, and ask who made it.',
  'bad-log-key': 'The key you expect is no log key. Copy the whole line, or leave the field empty.',
  'bad-policy':
    'What you gave as a policy cannot be read as one. It has lines “log”, “witness”, “group” and one “quorum”.',
  'bad-roots':
    'What you gave as certificates holds none in PEM form. Get the root certificate from the authority.',
  unreadable: 'The file could not be read to its end. Choose it again.',
  broken: 'This page could not finish. Nothing is said about the bundle: check it with another program.',
};

export type Words = Record<keyof typeof en, string>;
export type { Codes };
