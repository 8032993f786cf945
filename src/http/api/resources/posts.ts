import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { notFound } from '../../../core/errors.ts';
import { type PostState, postStates } from '../../../core/event/post.ts';
import { endpointNamed } from '../endpoint-named.ts';
import { toLinkedPost } from '../linked-post.ts';
import { nextOf } from '../next-of.ts';
import type { ApiParts } from '../parts.ts';
import { eventIdShape, limitShape, nextShape, postShape } from '../shapes.ts';
import { toPostView } from '../views.ts';

const id = z.string().regex(/^\d{1,18}$/, 'must be the number of a post');

/** Messages owed to channels, and what became of them. */
const routes: FastifyPluginAsyncZod<ApiParts> = async (app, { journal, settings, platforms }) => {
  app.get(
    '/posts',
    {
      schema: {
        operationId: 'listPosts',
        summary: 'Posts, newest first',
        querystring: z.object({
          endpoint: z.string().optional().describe('Its name or id.'),
          event: eventIdShape.optional(),
          state: z.enum(postStates).optional(),
          before: id.optional(),
          limit: limitShape(200, 50),
        }),
        response: { 200: z.object({ posts: z.array(postShape), next: nextShape }) },
      },
    },
    async ({ query: { endpoint: name, event, state, before, limit } }) => {
      const endpoint = endpointNamed(name, settings.current);
      const posts = await journal.posts.list({
        limit,
        ...(endpoint && { endpointId: endpoint.id }),
        ...(event !== undefined && { eventId: event }),
        ...(state !== undefined && { state: state satisfies PostState }),
        ...(before !== undefined && { before }),
      });
      return { posts: posts.map(toPostView), ...nextOf(posts, limit) };
    },
  );

  app.get(
    '/posts/:id',
    {
      schema: {
        operationId: 'getPost',
        summary: 'One post and what became of it',
        params: z.object({ id }),
        response: { 200: z.object({ post: postShape }) },
      },
    },
    async ({ params }) => {
      const post = await journal.posts.get(params.id);
      if (!post) throw notFound(`Post \`${params.id}\``);
      return { post: await toLinkedPost(post, platforms) };
    },
  );
};

export default routes;
