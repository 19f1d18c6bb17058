using Broadsheet.Web.Reads;
using OpenIddict.Client.WebIntegration;

namespace Broadsheet.Web.Features.SignIn.Social;

/// <summary>Somewhere readers have an account already, by which they sign in here. One file a provider; shown only where it is configured.</summary>
/// <param name="key">In addresses, and what the registration with OpenIddict is called.</param>
internal abstract class SignInProvider(string key, string name, string clientId, string clientSecret)
{
    public string Key => key;

    /// <summary>As readers know it.</summary>
    public string Name => name;

    /// <summary>What its logins are stored under: for ever the same, and for nobody else.</summary>
    public virtual string StoredAs => key;

    /// <summary>The picture on its button: one of those in <c>ways.svg</c>.</summary>
    public virtual string Icon => key;

    /// <summary>An address that is asked with the reader's access token once they are known; null for none.</summary>
    public virtual string? AlsoAsk => null;

    /// <summary>Answers by a form that the reader's browser posts here from its own site.</summary>
    public virtual bool PostsBack => false;

    /// <summary>Hosts that the operator has named, and which may therefore be of a private network.</summary>
    public virtual IReadOnlyList<string> Hosts => [];

    protected string ClientId => clientId;
    protected string ClientSecret => clientSecret;

    /// <summary>Where the provider sends its readers back to, from the publication's root.</summary>
    protected string Back => $"{SocialRoom.Back[1..]}/{key}/";

    public WayIn Way => new(key, name, Icon);

    /// <summary>OpenIddict knows it beforehand.</summary>
    public virtual bool IsRegistered => true;

    public abstract void Register(OpenIddictClientBuilder client);

    /// <returns>Null where it did not say who this is.</returns>
    public abstract ProviderIdentity? Read(ProviderClaims claims);

    protected static OpenIddictClientWebIntegrationBuilder Web(OpenIddictClientBuilder client) => client.UseWebProviders();
}
