// Once a minute, and when the reader comes back to the page: whoever is no longer signed in is led
// to signing in, which a page whose connection has ended cannot do by itself.
const EVERY = 60_000;

async function stillSignedIn() {
  if (document.hidden) return;
  const answer = await fetch("/inloggning/lever", {cache: "no-store"}).catch(() => null);
  if (answer?.status === 401) location.reload();
  else if (answer?.ok && !(await answer.json()).signs_in) clearInterval(asking);
}

const asking = setInterval(stillSignedIn, EVERY);
document.addEventListener("visibilitychange", stillSignedIn);
