// A certified provider of OpenID Connect on this machine, for `make signin`: whoever writes a name in
// it is let in under that name, and is a member of the group of the same name.
import {createServer} from "node:http";
import {Provider} from "oidc-provider";

const [port, client, back] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: client,
    client_secret: process.env.SAMVERKAN_SECRET,
    redirect_uris: [back],
    post_logout_redirect_uris: [],
  }],
  claims: {openid: ["sub"], profile: ["name", "groups"]},
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({sub: id, name: `Prov ${id}`, groups: [id]}),
  }),
  cookies: {keys: ["prov"]},
});
createServer(provider.callback()).listen(Number(port), "127.0.0.1");
