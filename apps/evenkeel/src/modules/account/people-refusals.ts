import { answersWith } from '../../kernel/http.ts';
import type { NewcomerRefusal, TriesRefusal } from './account.ts';
import type { PeopleRefusal } from './invitation.ts';

/** How it is answered who comes in, as what, and how that ends. */
export const { answer, refusal } = answersWith<PeopleRefusal | NewcomerRefusal | TriesRefusal>(
  {
    'member-unknown': 404,
    'invitation-unknown': 404,
    'invitation-refused': 401,
    'name-taken': 409,
    'role-same': 409,
    'counsel-stays': 409,
    'end-past': 422,
    'last-owner': 409,
    'too-many-invitations': 409,
    'reason-missing': 422,
    'name-unusable': 422,
    'password-too-short': 422,
    'password-too-long': 422,
    'too-many-tries': 429,
  },
  {
    'member-unknown': 'There is no such member. Nothing was changed.',
    'invitation-unknown': 'There is no such invitation that waits. Nothing was changed.',
    'invitation-refused':
      'This code does not work: it is wrong, was used already, withdrawn, or is older than a week. Nothing was changed. Ask for a new one.',
    'name-taken': 'Somebody here has this name, or had it. Take another.',
    'role-same': 'They have this role already.',
    'counsel-stays':
      'Counsel sees one case and takes no other role. Nothing was changed. End what they see, and invite them anew.',
    'end-past': 'This day is over already. Nobody was invited. Take a later one.',
    'last-owner': 'This is the only owner. Make somebody else an owner first.',
    'too-many-invitations': 'Too many invitations wait. Withdraw some first.',
    'reason-missing': 'Say why.',
    'name-unusable':
      'This cannot be a name: it is empty, too long, or holds characters that cannot be shown.',
    'password-too-short': 'The password is too short.',
    'password-too-long': 'The password is too long.',
    'too-many-tries': 'Too many tries. Wait a little.',
  },
);
