const SESSION = '/api/session';
const element = (id) => document.getElementById(id);

/** Where to go once signed in: within this service, the page when nothing was asked for. */
function next() {
  const wanted = new URLSearchParams(location.search).get('next') ?? '/';
  const target = URL.parse(wanted, location.origin);
  return target?.origin === location.origin ? target.href : '/';
}

/** Shows who is signed in, or the form, and what went wrong. */
function show(session, message = '') {
  element('form').hidden = session !== undefined;
  element('session').hidden = session === undefined;
  element('who').textContent = session
    ? `Signed in as ${session.subject}: ${session.permissions.join(', ') || 'no permission'}`
    : '';
  element('message').textContent = message;
}

async function ask(method, body) {
  const answer = await fetch(SESSION, {
    method,
    ...(body && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const text = await answer.text();
  const json = text ? JSON.parse(text) : undefined;
  if (!answer.ok)
    throw new Error(json?.error?.message ?? `The answer was ${answer.status}`);
  return json;
}

async function signIn(token) {
  try {
    await ask('POST', { token });
    location.replace(next());
  } catch (error) {
    show(undefined, error.message);
  }
}

element('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const { value } = element('token');
  element('token').value = '';
  void signIn(value);
});

element('sign-out').addEventListener('click', () => {
  ask('DELETE').then(
    (ended) => {
      show(undefined);
      // The identity provider ends its session too.
      if (ended?.sign_out_url) location.assign(ended.sign_out_url);
    },
    (error) => show(undefined, error.message),
  );
});

// A link with #token=... signs in; what follows # is never sent to a server, and it leaves the address bar and the history.
const token = new URLSearchParams(location.hash.slice(1)).get('token');
if (token) {
  history.replaceState(null, '', location.pathname + location.search);
  void signIn(token);
} else
  ask('GET').then(
    (session) => show(session),
    () => show(undefined),
  );
