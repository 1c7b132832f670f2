export type { Action, Ending, Hangup, Jump, Pause, PlaySound, SetCaller, SetVar, SimpleTransfer, Step, Tts } from './Action.js'
export { decodeInteractive, type InteractiveRequest } from './InteractiveRequest.js'
export { emptyResponse, interactiveResponse, responseErrorMessage, type ResponseError, type ResponseXml } from './response.js'
export { route, routeOutcomeMessage, type Routed, type RouteOptions, type RouteOutcome } from './route.js'
