import Fastify from 'fastify';

// Fastify that reads the same body as bytes and answers: what receiving costs before anything is done with it.
const app = Fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
app.post('/in/:token', async (_request, reply) => reply.code(202).send({ outcome: 'read' }));
await app.listen({ port: Number(process.argv[2]), host: '127.0.0.1' });
console.log('ready');
