/**
 * What Node is told when it runs the server. Young objects have 16 MB at most, thrice over: loading the libraries fills
 * whatever it is given (twice this by default), and a server that idles would hold it for good.
 */
export const serverOptions = ['--max-semi-space-size=16'];
