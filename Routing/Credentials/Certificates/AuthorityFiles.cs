using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EHealthPlus.Routing.Contracts.Files;

namespace EHealthPlus.Routing.Credentials.Certificates;

/// <summary>
/// The folder authority/ of the data directory: certificates and keys in PEM (RFC 7468), for their owner's eyes only. A file is written
/// aside and moved, so that a start that is cut off leaves no half key, and lasts before anybody is given a certificate of it.
/// </summary>
internal sealed class AuthorityFiles(string folder)
{

    /// <returns>The certificate with its key; null where it was never made.</returns>
    /// <exception cref="InvalidDataException">The files do not hold a certificate and its key.</exception>
    public X509Certificate2? Load(string name)
    {
        var (certificate, key) = (At($"{name}.pem"), At($"{name}.key"));
        if (!File.Exists(certificate) || !File.Exists(key)) return null;
        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (CryptographicException fault)
        {
            throw new InvalidDataException($"{certificate} and {key} are not a certificate and its key: {fault.Message}", fault);
        }
    }

    /// <param name="certificate">With its key.</param>
    public void Save(string name, X509Certificate2 certificate)
    {
        LastingName.MakeFolder(folder, ownerOnly: true);
        using var key = certificate.GetECDsaPrivateKey() ?? throw new InvalidOperationException("The hub's own keys are elliptic");
        // The key first: a certificate without its key would look like one that is there.
        Write($"{name}.key", key.ExportPkcs8PrivateKeyPem());
        Write($"{name}.pem", certificate.ExportCertificatePem());
    }

    private void Write(string name, string pem) => LastingFile.Write(At(name), Encoding.ASCII.GetBytes(pem + Environment.NewLine), ownerOnly: true);

    private string At(string name) => Path.Combine(folder, name);
}
