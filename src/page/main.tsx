import { render } from 'preact';
import { Client } from './client.js';
import { Locked } from './empty.js';
import { listen } from './keys.js';
import { Page } from './page.js';
import { Session } from './session.js';
import { takeToken } from './token.js';

const token = takeToken();
const root = document.getElementById('page') as HTMLElement;

// An address with another key, entered in this tab, changes nothing but the fragment: no browser loads the page anew for that.
addEventListener('hashchange', () => location.reload());

if (token === undefined) {
  render(<Locked />, root);
} else {
  const session = new Session(new Client(token));
  listen(session);
  render(<Page session={session} />, root);
  session.start();
}
