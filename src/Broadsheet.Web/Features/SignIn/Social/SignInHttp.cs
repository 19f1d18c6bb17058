using Broadsheet.Web.Outbound;

namespace Broadsheet.Web.Features.SignIn.Social;

/// <summary>Sends what is asked of providers: the house's guarded client, which here may also call the hosts that the operator has named as issuers.</summary>
/// <param name="send">Gives up after <see cref="Limits"/>; for tests, the world outside.</param>
internal sealed class SignInHttp(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send)
{
    /// <summary>Somebody waits for each of them.</summary>
    public static readonly OutboundLimits Limits = new(1 << 20, TimeSpan.FromSeconds(5), MaxRedirects: 0);

    /// <summary>For all that is asked before a reader gets a page.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct) => send(request, ct);
}

/// <summary>Stands before all that OpenIddict sends, and passes nothing on to the handler behind it.</summary>
internal sealed class SignInHandler(SignInHttp http) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => http.SendAsync(request, cancellationToken);
}
