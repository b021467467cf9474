// The cloud code of a small application, as it runs on a Parse Server.
const SHORTEST_NAME = 3;

Parse.Cloud.beforeSave(Parse.User, ({ object: user }) => {
  if (!user.dirty('username')) return;
  const name = (user.get('username') ?? '').trim().toLowerCase();
  if (name.length < SHORTEST_NAME) throw new Parse.Error(Parse.Error.VALIDATION_ERROR, 'The name is too short.');
  user.set('username', name);
});

Parse.Cloud.afterSave(Parse.User, async ({ object: user, original }) => {
  if (original) return;
  const profile = new Parse.Object('Profile', { owner: user, score: 0 });
  await profile.save(null, { useMasterKey: true });
});

Parse.Cloud.beforeLogin(async ({ object: user }) => {
  const ban = await new Parse.Query('Ban').equalTo('username', user.get('username')).first({ useMasterKey: true });
  if (ban) throw new Error(`You are banned: ${ban.get('reason')}.`);
});

Parse.Cloud.define(
  'score',
  async ({ user, params }) => {
    const profile = await new Parse.Query('Profile').equalTo('owner', user).first({ useMasterKey: true });
    profile.increment('score', params.points);
    await profile.save(null, { useMasterKey: true });
    return { score: profile.get('score') };
  },
  { requireUser: true, fields: { points: { required: true, type: Number, options: (points) => points > 0 } } },
);

Parse.Cloud.afterFind('Profile', ({ objects }) => {
  for (const profile of objects) profile.set('rank', profile.get('score') >= 10 ? 'gold' : 'grey');
});
